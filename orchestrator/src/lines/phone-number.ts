/** A number as it is compared: digits only, an international prefix `00` like `+`. */
export function toDialled(number: string): string {
  const digits = number.replaceAll(/\D/g, '')
  // Extensions may begin with zeros; an E.164 number has at least seven digits.
  return digits.length > 8 ? digits.replace(/^00/, '') : digits
}
