import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { verifyReceipt } from '../receipt.ts'

// Checks an erasure receipt (the answer of POST /v1/erasures in a file, or its `signed` part alone) with the public key of
// GET /v1/erasures/key in another, or on standard input for "-", and prints what it says. Ends with 1 when it was not
// signed with this key, or was changed since, and with 2 when a file cannot be read.
const answer = z.object({ signed: z.string() })
const keySet = z.object({ keys: z.tuple([z.looseObject({ kty: z.string() })], z.unknown()) })

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [receiptFile, keyFile] = positionals
  if (receiptFile === undefined || keyFile === undefined) {
    return fail(2, 'usage: node orchestrator/src/records/verify-receipt/main.ts RECEIPT KEY')
  }
  const given = await read(receiptFile).catch(() => undefined)
  if (given === undefined) return fail(2, `there is no receipt in ${receiptFile}`)
  const jwks = await read(keyFile).catch(() => undefined)
  const known = keySet.safeParse(parseJson(jwks ?? ''))
  if (!known.success) return fail(2, `there is no key in ${keyFile}`)
  const [key] = known.data.keys
  try {
    const receipt = await verifyReceipt(toSigned(given), key)
    process.stdout.write(`the receipt is genuine\n${JSON.stringify(receipt, null, 2)}\n`)
    return 0
  } catch {
    // Whatever is wrong with it, it proves nothing.
    return fail(1, 'the receipt was not signed with this key, or was changed since')
  }
}

const read = (file: string) => (file === '-' ? text(process.stdin) : readFile(file, 'utf8'))

function toSigned(given: string): string {
  const whole = answer.safeParse(parseJson(given))
  return whole.success ? whole.data.signed : given.trim()
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // told by the schema
  }
}

function fail(code: number, line: string): number {
  process.stderr.write(`${line}\n`)
  return code
}

process.exitCode = await main()
