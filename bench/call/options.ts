import { parseArgs } from 'node:util'

export interface BenchCallOptions {
  /** Calls to the line, and as many to the bare worker. */
  readonly calls: number
  /** Short calls to the line only: what matters is what they leave behind. */
  readonly leftoversOnly: boolean
}

export const benchCallUsage = `Measures calls to the running stack.

  ./trunkline bench call [-n CALLS] [--leftovers-only] [--port-offset N]

  -n CALLS           calls to the line, and as many to a bare worker in turns; default 20
  --leftovers-only   short calls to the line only, for what they leave behind`

const mostCalls = 10_000

/** @throws {Error} ready to print, for what cannot be understood */
export function readBenchCallOptions(argv: readonly string[]): BenchCallOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      calls: { type: 'string', short: 'n', default: '20' },
      'leftovers-only': { type: 'boolean', default: false },
    },
    allowPositionals: false,
  })
  const calls = Number(values.calls)
  if (!(Number.isInteger(calls) && calls >= 1 && calls <= mostCalls)) {
    throw new Error(`-n wants a whole number from 1 to ${mostCalls}`)
  }
  return { calls, leftoversOnly: values['leftovers-only'] }
}
