import type { OrchestratorMessageOf } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { ChannelEnd } from '../channel/channel.ts'
import type { Ending } from './ending.ts'
import type { LastResort, LostCall } from './last-resort.ts'
import type { Presence } from './presence.ts'

/** Parts from a caller when what the call hangs on is gone for good. */
export interface Parting {
  /** Nobody tells us any more what to say. */
  withoutChannel(end: ChannelEnd): Promise<void>
  /** The tts-router has been away for too long. The orchestrator, which is there, ends the room. */
  withoutVoice(): Promise<void>
}

export interface PartingDeps {
  readonly presence: Pick<Presence, 'voice' | 'caller' | 'haveTheCall'>
  /** Undefined when there never was one. */
  readonly welcome: Promise<OrchestratorMessageOf<'welcome'> | undefined>
  readonly lastResort: Pick<LastResort, 'end' | 'part'>
  readonly ending: Pick<Ending, 'signal' | 'end' | 'blame'>
  readonly logger: Logger
}

export function createParting(deps: PartingDeps): Parting {
  const { presence, welcome, lastResort, ending, logger } = deps
  const lost = async (): Promise<LostCall> => ({
    welcome: await welcome,
    caller: await presence.caller(),
    voice: presence.voice,
  })
  return {
    async withoutChannel(end) {
      if (end === 'closed' || ending.signal.aborted) return
      logger.warn({ end }, 'call channel ended')
      try {
        // Whether the orchestrator is away or wants none of this call: nobody else ends it, unless a newer job has it.
        if (end === 'fenced') await presence.voice?.playout.close()
        else if (!presence.haveTheCall({ wasOurs: end !== 'unreachable' })) {
          await lastResort.end(await lost())
        }
      } finally {
        ending.end('error')
      }
    },
    async withoutVoice() {
      if (ending.signal.aborted) return
      logger.error('no voice for the caller')
      ending.blame('voiceless')
      await lastResort.part(await lost())
      ending.end('voiceless')
    },
  }
}
