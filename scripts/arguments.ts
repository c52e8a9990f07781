import { parseArgs } from 'node:util'
import type { AuditOptions } from './commands/audit.ts'
import { maxPortOffset } from './ports.ts'

export const rings = ['unit', 'service', 'e2e'] as const
export type Ring = (typeof rings)[number]

/** For people, for programs, or for a shell that wants to ask the orchestrator. */
export type StatusFormat = 'text' | 'json' | 'env'

export type Command =
  | {
      readonly name: 'up'
      readonly detach: boolean
      readonly portOffset: number
      readonly listen: string
    }
  | { readonly name: 'down'; readonly portOffset: number }
  | {
      readonly name: 'status'
      readonly portOffset: number
      readonly format: StatusFormat
    }
  | {
      readonly name: 'logs'
      readonly portOffset: number
      readonly part: string | undefined
      readonly follow: boolean
      readonly lines: number
    }
  | {
      readonly name: 'call' | 'bench'
      readonly portOffset: number
      readonly rest: readonly string[]
    }
  | {
      readonly name: 'test'
      readonly rings: readonly Ring[]
      readonly files: readonly string[]
      readonly pattern: string | undefined
    }
  | ({ readonly name: 'audit' } & AuditOptions)
  | { readonly name: 'check' }
  | { readonly name: 'clean'; readonly portOffset: number | undefined }
  | { readonly name: 'help' }

/** What was typed cannot be understood; the message says what and is ready to print. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const offsetOption = { 'port-offset': { type: 'string' } } as const

/** @throws {UsageError} for an unknown command, option or value */
export function readCommand(argv: readonly string[]): Command {
  const [name = 'help', ...rest] = argv
  switch (name) {
    case 'up': {
      const { values } = parse(rest, {
        ...offsetOption,
        detach: { type: 'boolean', short: 'd' },
        listen: { type: 'string' },
      })
      const { detach = false, listen = '127.0.0.1' } = values
      return { name, detach, portOffset: readOffset(values['port-offset']) ?? 0, listen }
    }
    case 'down': {
      const { values } = parse(rest, offsetOption)
      return { name, portOffset: readOffset(values['port-offset']) ?? 0 }
    }
    case 'clean': {
      const { values } = parse(rest, offsetOption)
      return { name, portOffset: readOffset(values['port-offset']) }
    }
    case 'status': {
      const { values } = parse(rest, {
        ...offsetOption,
        json: { type: 'boolean' },
        env: { type: 'boolean' },
      })
      const { json, env } = values
      if (json && env) throw new UsageError('--json and --env are two answers: ask for one')
      const format = json ? 'json' : env ? 'env' : 'text'
      return { name, portOffset: readOffset(values['port-offset']) ?? 0, format }
    }
    case 'logs':
      return readLogs(rest)
    case 'call':
    case 'bench':
      return { name, ...takeOffset(rest) }
    case 'test':
      return readTest(rest)
    case 'audit':
      return readAudit(rest)
    case 'check':
      parse(rest, {})
      return { name }
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' }
    default:
      throw new UsageError(`there is no command "${name}"`)
  }
}

function readLogs(argv: readonly string[]): Command {
  const { values, positionals } = parse(
    argv,
    {
      ...offsetOption,
      follow: { type: 'boolean', short: 'f' },
      lines: { type: 'string', short: 'n' },
    },
    { maxPositionals: 1 },
  )
  const { follow = false, lines = '40' } = values
  if (!/^\d{1,6}$/.test(lines)) throw new UsageError(`-n wants a number of lines, not "${lines}"`)
  const portOffset = readOffset(values['port-offset']) ?? 0
  return { name: 'logs', portOffset, part: positionals[0], follow, lines: Number(lines) }
}

function readTest(argv: readonly string[]): Command {
  const { values, positionals } = parse(
    argv,
    { testNamePattern: { type: 'string', short: 't' } },
    { maxPositionals: Number.POSITIVE_INFINITY },
  )
  const chosen = rings.filter((ring) => positionals.includes(ring))
  const files = positionals.filter((word) => !rings.some((ring) => ring === word))
  const ringsToRun = chosen.length > 0 ? chosen : rings
  return { name: 'test', rings: ringsToRun, files, pattern: values.testNamePattern }
}

function readAudit([action, ...argv]: readonly string[]): Command {
  switch (action) {
    case 'verify': {
      const { values } = parse(argv, { ...offsetOption, head: { type: 'string' } })
      const portOffset = readOffset(values['port-offset']) ?? 0
      return { name: 'audit', action, portOffset, head: values.head }
    }
    case 'receipt': {
      const options = { ...offsetOption, key: { type: 'string' } } as const
      const { values, positionals } = parse(argv, options, { maxPositionals: 1 })
      const [file] = positionals
      if (file === undefined) throw new UsageError('which receipt? "audit receipt FILE" wants it')
      const portOffset = readOffset(values['port-offset']) ?? 0
      return { name: 'audit', action, portOffset, file, keyFile: values.key }
    }
    default:
      throw new UsageError('"audit" wants "verify" or "receipt FILE"')
  }
}

/** Takes `--port-offset` out of arguments that another program will read. */
function takeOffset(argv: readonly string[]): {
  portOffset: number
  rest: readonly string[]
} {
  const rest: string[] = []
  let portOffset = 0
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? ''
    if (word === '--port-offset') {
      index += 1
      portOffset = readOffset(argv[index] ?? '') ?? 0
    } else if (word.startsWith('--port-offset=')) {
      portOffset = readOffset(word.slice('--port-offset='.length)) ?? 0
    } else {
      rest.push(word)
    }
  }
  return { portOffset, rest }
}

function readOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const offset = Number(text)
  if (/^\d+$/.test(text) && offset <= maxPortOffset) return offset
  throw new UsageError(
    `--port-offset wants a whole number from 0 to ${maxPortOffset}, not "${text}"`,
  )
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parse<const O extends Options>(
  argv: readonly string[],
  options: O,
  { maxPositionals = 0 }: { maxPositionals?: number } = {},
) {
  const parsed = parseOrExplain(argv, options)
  const extra = parsed.positionals[maxPositionals]
  if (extra !== undefined) throw new UsageError(`"${extra}" is too much here`)
  return parsed
}

function parseOrExplain<const O extends Options>(argv: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Only its first sentence: what follows explains parseArgs to programmers.
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(message.split('. ')[0] ?? message)
  }
}
