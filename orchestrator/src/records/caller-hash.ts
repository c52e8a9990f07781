import { createHmac } from 'node:crypto'
import { deriveKey } from './records-secret.ts'

/**
 * Hashes a caller's number with a key, so that the calls of one caller can be found again and nobody can read or guess
 * the number from them: a plain hash of a telephone number is guessed in minutes. Undefined for what is no number.
 */
export type HashCaller = (number: string) => string | undefined

const digitsOf = /^\+?[0-9]{2,15}$/

export function createCallerHash(secret: string): HashCaller {
  const key = deriveKey(secret, 'caller-hash')
  return (number) => {
    const normal = normalize(number)
    return normal && createHmac('sha256', key).update(normal).digest('base64url').slice(0, 32)
  }
}

/** "+49 (40) 66969-100", "004940…", "sip:+4940…@host" and "tel:+4940…" are one caller. */
function normalize(number: string): string | undefined {
  const address = number.trim().replace(/^(sips?|tel):/i, '')
  const [user = ''] = address.split(/[@;]/)
  const digits = user.replace(/[\s()./-]/g, '').replace(/^00/, '+')
  return digitsOf.test(digits) ? digits : undefined
}
