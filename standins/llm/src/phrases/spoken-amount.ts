import type { Language } from '../language.ts'

/** "129 euros"; without a currency the number alone. */
export function toSpokenAmount(
  amount: number,
  currency: string | undefined,
  language: Language,
): string {
  const fraction = Number.isInteger(amount) ? 0 : 2
  const digits = { minimumFractionDigits: fraction, maximumFractionDigits: 2, useGrouping: false }
  const isCode = currency !== undefined && /^[A-Z]{3}$/.test(currency)
  const style = isCode
    ? ({ style: 'currency', currency, currencyDisplay: 'name' } as const)
    : ({ style: 'decimal' } as const)
  return new Intl.NumberFormat(language, { ...style, ...digits }).format(amount)
}

/** "4 7 1 1": figure by figure, as numbers are read out. */
export function toSpokenNumber(number: string): string {
  return [...number].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join(' ')
}
