/** Luhn's check (ISO/IEC 7812-1 annex B) over a string of ASCII digits. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The check of an IBAN (ISO 13616, mod 97 of ISO 7064): upper-case letters and digits, no spaces, 15 to 34 long. */
export function isIban(text: string): boolean {
  if (text.length < 15 || text.length > 34 || !/^[A-Z]{2}\d{2}[A-Z\d]+$/.test(text)) return false
  let remainder = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt((index + 4) % text.length)
    remainder = code < 58 ? (remainder * 10 + code - 48) % 97 : (remainder * 100 + code - 55) % 97
  }
  return remainder === 1
}
