import { destination, type Logger, pino } from 'pino'

export type { Logger }

export interface LogConfig {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Shows values under keys with a `pii` segment; only for a developer's own machine. */
  readonly showPii?: boolean
}

/**
 * The one logger of a process, JSON lines on standard output. Message text is constant; a value that may be
 * personal goes under `pii.*` (or `lk.pii.*`) and is removed unless `showPii`.
 */
export function createLogger(service: string, { level, showPii = false }: LogConfig): Logger {
  return pino(
    {
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
    destination({ dest: 1, sync: true }),
  )
}
