/** Prices are whole cents inside; a file and a tool result have units of the currency. */
export function toCents(price: number): number {
  return Math.round(price * 100)
}

/** 12950 → 129.5: the nearest double prints as the exact price. */
export function fromCents(cents: number): number {
  return cents / 100
}
