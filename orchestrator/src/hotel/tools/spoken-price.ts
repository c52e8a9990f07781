import { type NightPrice, sumCents } from '../availability.ts'
import { fromCents } from '../money.ts'

/**
 * The price as a tool result tells it, in units of the currency: per night when every night costs the same,
 * else the runs of nights with one price, so that the model has nothing to calculate.
 */
export function toSpokenPrice(nights: readonly NightPrice[]): Readonly<Record<string, unknown>> {
  const total = fromCents(sumCents(nights))
  const runs: { from: string; nights: number; priceCents: number }[] = []
  for (const { night, priceCents } of nights) {
    const run = runs.at(-1)
    if (run?.priceCents === priceCents) run.nights += 1
    else runs.push({ from: night, nights: 1, priceCents })
  }
  const [only] = runs
  if (only && runs.length === 1) return { price_per_night: fromCents(only.priceCents), total }
  const prices = runs.map(({ from, nights: count, priceCents }) => ({
    from,
    nights: count,
    price_per_night: fromCents(priceCents),
  }))
  return { prices, total }
}
