import { createRedactor } from '@trunkline/privacy'
import { destination, type Logger, type LoggerOptions, pino } from 'pino'

export type { Logger }

export interface LogConfig {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Shows values under keys with a `pii` segment; only for a developer's own machine. */
  readonly showPii?: boolean
  /** Takes each line instead of standard output; for tests of what is logged. */
  readonly write?: (line: string) => void
}

/**
 * The one logger of a process, JSON lines on standard output. Message text is constant; a value that may be
 * personal goes under `pii.*` (or `lk.pii.*`) and is removed unless `showPii`. As a last line of defence every other
 * string, errors' messages included, goes through the redactor too; only English words are looked for, since lines
 * are technical, and a job process must not spend its start on six languages.
 */
export function createLogger(
  service: string,
  { level, showPii = false, write }: LogConfig,
): Logger {
  const { redactObject } = createRedactor({ languages: ['en'] })
  const safe: Pick<LoggerOptions, 'formatters' | 'serializers'> = showPii
    ? {}
    : {
        formatters: { log: (fields) => redactObject(fields) },
        serializers: { err: (error: Error) => redactObject({ ...pino.stdSerializers.err(error) }) },
      }
  return pino(
    {
      ...safe,
      name: service,
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: showPii
        ? []
        : {
            paths: ['pii', '*.pii', '*.*.pii', 'lk.pii', 'req.headers', 'authorization'],
            censor: '[pii]',
          },
    },
    write === undefined ? destination({ dest: 1, sync: true }) : { write },
  )
}
