/** Kinds of personal data that are told apart; also the values of `pii_redactions_total{category}`. */
export const piiCategories = [
  ...(['card', 'iban', 'email', 'phone', 'passport', 'id', 'birth-date', 'room'] as const),
  ...(['confirmation', 'name'] as const),
]
export type PiiCategory = (typeof piiCategories)[number]
