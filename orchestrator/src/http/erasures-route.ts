import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { EraseCaller } from '../records/erase-caller.ts'
import type { ReceiptSigner } from '../records/receipt.ts'
import { principalOf } from './authorize.ts'
import { readInput } from './read-input.ts'

export interface ErasuresRouteDeps {
  readonly eraseCaller: EraseCaller
  readonly signer: Pick<ReceiptSigner, 'publicJwk'>
}

/** Body of `POST /v1/erasures`. The number is not in the path: paths end in access logs. */
export const erasureRequest = z.strictObject({
  number: z.string().min(2).max(64).describe('the caller, as E.164 or as the trunk gives it'),
})

/** `POST /v1/erasures`, and the public key its receipts are checked with. */
export const erasuresRoute =
  ({ eraseCaller, signer }: ErasuresRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/erasures', async (request) => {
      const { number } = readInput(erasureRequest, request.body)
      const { role, name } = principalOf(request)
      return eraseCaller({ number, actor: `${role}:${name}` })
    })
    app.get('/v1/erasures/key', async () => ({ keys: [await signer.publicJwk()] }))
  }
