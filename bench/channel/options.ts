import { parseArgs } from 'node:util'

export interface BenchChannelOptions {
  /** Calls open at a time, one measurement for each; none when only the row is wanted. */
  readonly loads: readonly number[]
  readonly seconds: number
  /** Calls of the row that must leave nothing behind. */
  readonly row: number
  /** Folder of the orchestrator that is measured. */
  readonly orchestrator: string | undefined
  readonly databases: readonly ('pglite' | 'postgres')[]
}

export const benchChannelUsage = `Measures the call channel of one orchestrator process, with agents and a model that are played.

  ./trunkline bench channel [--calls 10,500] [--seconds 20] [--row 20000] [--database pglite|postgres]

  --calls     calls open at a time; one measurement for each; default 10,500; 0 for none
  --seconds   how long each measurement lasts; default 20
  --row       calls with random endings, of which nothing may be left; default 2000; 0 for none. From 10000 on
              it is judged whether memory stays level; 20000 take some six minutes for each database
  --database  only this one; default both, apart
  --orchestrator DIR  another checkout's orchestrator/, to compare with`

/** @throws {Error} ready to print, for what cannot be understood */
export function readBenchChannelOptions(argv: readonly string[]): BenchChannelOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      calls: { type: 'string', default: '10,500' },
      seconds: { type: 'string', default: '20' },
      row: { type: 'string', default: '2000' },
      database: { type: 'string' },
      orchestrator: { type: 'string' },
    },
    allowPositionals: false,
  })
  const loads = values.calls === '0' ? [] : values.calls.split(',').map(Number)
  const [seconds, row] = [Number(values.seconds), Number(values.row)]
  if (!loads.every((calls) => Number.isInteger(calls) && calls >= 1 && calls <= 2000)) {
    throw new Error('--calls wants whole numbers from 1 to 2000, separated by commas')
  }
  if (!(seconds >= 1 && seconds <= 3600)) throw new Error('--seconds wants 1 to 3600')
  if (!(Number.isInteger(row) && row >= 0)) throw new Error('--row wants a whole number')
  const { database } = values
  if (database !== undefined && database !== 'pglite' && database !== 'postgres') {
    throw new Error('--database wants pglite or postgres')
  }
  const { orchestrator } = values
  return {
    loads,
    seconds,
    row,
    orchestrator,
    databases: database ? [database] : ['pglite', 'postgres'],
  }
}
