import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify, exportJWK, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { deriveKey } from './records-secret.ts'

const count = z.number().int().min(0)

/** What an erasure has done. It names no number; `subject` is the number's keyed hash, which we alone can make. */
export const erasureReceipt = z.object({
  receiptId: z.string(),
  at: z.number().describe('epoch milliseconds'),
  subject: z.string(),
  calls: count.describe(
    'calls removed from Redis and Postgres, with turns, transcripts and events',
  ),
  effects: count.describe('ledger rows emptied of arguments and results'),
  consents: count,
  webhooks: count.describe('messages to the line’s owner that were still kept here'),
  recordings: z
    .array(z.object({ id: z.string(), reference: z.string() }))
    .describe('files to be deleted where they lie; they are not ours'),
  kept: z.array(z.string()).describe('what stays, and why'),
})
export type ErasureReceipt = z.infer<typeof erasureReceipt>

const typ = 'erasure-receipt+jws'

/** Signs erasure receipts: compact JWS, Ed25519. */
export interface ReceiptSigner {
  sign(receipt: ErasureReceipt): Promise<string>
  /** For whoever wants to check receipts. */
  publicJwk(): Promise<JWK>
}

export function createReceiptSigner(secret: string): ReceiptSigner {
  const privateKey = toPrivateKey(deriveKey(secret, 'erasure-receipt'))
  const publicJwk = async () => {
    const jwk = await exportJWK(createPublicKey(privateKey))
    const kid = createHash('sha256')
      .update(jwk.x ?? '')
      .digest('base64url')
      .slice(0, 16)
    return { ...jwk, alg: 'EdDSA', use: 'sig', kid }
  }
  return {
    publicJwk,
    async sign(receipt) {
      const { kid } = await publicJwk()
      return new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
        .setProtectedHeader({ alg: 'EdDSA', typ, kid })
        .sign(privateKey)
    },
  }
}

/** @throws when the receipt was not signed by the owner of the key, or was changed since */
export async function verifyReceipt(jws: string, publicJwk: JWK): Promise<ErasureReceipt> {
  const key = await importJWK(publicJwk, 'EdDSA')
  const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA'] })
  if (protectedHeader.typ !== typ) throw new Error('this is no erasure receipt')
  return erasureReceipt.parse(JSON.parse(new TextDecoder().decode(payload)))
}

/** RFC 8410: an Ed25519 key is its 32-byte seed behind this fixed PKCS #8 head. */
function toPrivateKey(seed: Buffer): KeyObject {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' })
}
