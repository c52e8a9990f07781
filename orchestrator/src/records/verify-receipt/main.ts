import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { verifyReceipt } from '../receipt.ts'

// Checks an erasure receipt (its `signed` part in a file) with the public key of GET /v1/erasures/key in another, and
// prints what it says. Ends with 1 when it was not signed with this key, or was changed since.
const { positionals } = parseArgs({ allowPositionals: true })
const [receiptFile, keyFile] = positionals
if (receiptFile === undefined || keyFile === undefined) {
  process.stderr.write('usage: node orchestrator/src/records/verify-receipt/main.ts RECEIPT KEY\n')
  process.exitCode = 2
} else {
  const signed = (await readFile(receiptFile, 'utf8')).trim()
  const { keys } = JSON.parse(await readFile(keyFile, 'utf8'))
  try {
    const receipt = await verifyReceipt(signed, keys[0])
    process.stdout.write(`${JSON.stringify(receipt, null, 2)}\n`)
  } catch {
    process.stderr.write('the receipt was not signed with this key, or was changed since\n')
    process.exitCode = 1
  }
}
