import { log } from '@livekit/agents'

/** agents-js keeps its logger under a registered symbol, so that all its copies in a process share it. */
const loggerKey = Symbol.for('@livekit/agents:logger')

/**
 * Takes personal values out of what agents-js logs in this process. It marks them by `lk.pii.` in their keys, which
 * pino's `redact` cannot match, and exports no way to set its logger.
 */
export function hidePersonalData(): void {
  const logger = log().child({}, { formatters: { log: withoutPersonalData } })
  Object.assign(globalThis, { [loggerKey]: logger })
}

export function withoutPersonalData(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      key.split('.').includes('pii') ? '[pii]' : value,
    ]),
  )
}
