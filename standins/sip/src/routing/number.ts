/** A number as trunks compare it: `+49 (30) 123-4` and `+49301234` are one; what is no number stays as it is. */
export function normaliseNumber(text: string): string {
  if (!/^\+?[\d\- ()]+$/.test(text)) return text
  return `+${text.replace(/\D/g, '')}`
}
