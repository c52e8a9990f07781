import { createDisposalStack } from '@trunkline/runtime'
import { createOperatorDesk } from './actions/operator-desk.ts'
import type { Config } from './config.ts'
import { createFoundation, type Foundation } from './foundation.ts'
import { createFrontDesk } from './front-desk.ts'
import { readCall } from './http/calls-routes.ts'
import { createHttp } from './http/http.ts'
import { closeUnanswered } from './outbound/close-unanswered.ts'
import type { Overrides } from './overrides.ts'
import { appendAudit } from './records/audit.ts'
import { startCalls } from './start-calls.ts'
import { startIntake } from './start-intake.ts'
import { startStorage } from './start-storage.ts'

export { type Config, readConfig } from './config.ts'
export type { Overrides } from './overrides.ts'

export interface Service {
  /** `http://host:port` with the port that was really taken. */
  readonly url: string
  close(): Promise<void>
}

/** Builds the orchestrator in order and listens. @throws when a part of it cannot start */
export async function createService(config: Config, overrides: Overrides = {}): Promise<Service> {
  const stack = createDisposalStack()
  try {
    return await startService(createFoundation(config, { overrides, stack }))
  } catch (error) {
    await stack.close()
    throw error
  }
}

async function startService(foundation: Foundation): Promise<Service> {
  const { config, overrides, logger, metrics, metricsRegistry, now, holder } = foundation
  const { closing, stack } = foundation
  const { signal } = closing
  const frontDesk =
    overrides.frontDesk ??
    (await createFrontDesk(config, {
      ...{ logger, metrics, now, stack },
      onLateEffect: (late) => calls.registry.get(late.callId)?.takeLateEffect(late),
      askForTransfer: (callId, wish) => calls.registry.get(callId)?.transfers.beginAfterTurn(wish),
    }))
  const { lines, database } = frontDesk
  const storage = await startStorage(foundation, frontDesk)
  const calls = await startCalls(foundation, { frontDesk, storage })
  const intake = await startIntake(foundation, { lines, storage, calls })
  const { store, records, webhooks } = storage
  const { registry, rooms, sip, watcher, readiness, dialResults } = calls

  const desk = createOperatorDesk({
    ...{ config, holder, registry, lines, dialResults, sip, logger, now },
    readCall: (id) => readCall(id, { registry, store }),
    closeUnanswered: (room, reason) =>
      closeUnanswered(room, { store, lines, rooms, metrics, logger, now }, reason),
    audit: async (entry) => database && appendAudit(database.client, entry),
  })
  stack.defer(() => desk.close())
  const app = await createHttp({
    ...{ config, logger, metricsRegistry, metrics, readiness, registry, store, lines, intake },
    ...{ operatorRoutes: desk.routes, onRoute: overrides.onRoute, now, signal },
    ...(webhooks && { webhooks }),
    ...(records && { records }),
  })
  stack.defer(() => app.close())
  // Closed in reverse: readiness off, channels handed over, then the sockets, the store and the database.
  stack.defer(() => registry.close())
  stack.defer(() => watcher?.close())
  stack.defer(() => closing.abort())
  const url = await app.listen(config.http)
  logger.info({ url }, 'listening')
  return { url, close: () => stack.close() }
}
