import type { LineWords, OrchestratorMessageOf } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Config } from '../config.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import { type LineHint, type LineMemory, toLineName } from '../spoken-lines/line-memory.ts'
import type { Apology } from './apology.ts'
import type { Caller } from './caller.ts'
import { endRoom } from './end-room.ts'
import { transferCaller } from './transfer-caller.ts'

type Welcome = OrchestratorMessageOf<'welcome'>

/** What becomes of a call that nobody can go on with. */
export interface LastResort {
  /** Keeps on disk what would be needed, for the line's next call: nobody may welcome that. */
  remember(welcome: Welcome): void
  /** Says the line's apology, then hands the caller to the line's own people where it names some. Never throws. */
  part(lost: LostCall): Promise<void>
  /** The same, then ends the room. @throws {Error} when that cannot be ended */
  end(lost: LostCall): Promise<void>
}

export interface LastResortDeps {
  readonly job: LineHint
  readonly livekit: Config['livekit']
  readonly memory: LineMemory
  readonly apology: Apology
  readonly logger: Logger
}

export interface LostCall {
  /** Undefined when there never was one: then the disk is asked what it knows of the line. */
  readonly welcome: Welcome | undefined
  readonly caller: Caller | undefined
  readonly voice: RoomVoice | undefined
}

export function createLastResort(deps: LastResortDeps): LastResort {
  const { job, livekit, memory, apology, logger } = deps
  const handOver = async (identity: string, to: string) => {
    try {
      await transferCaller({ room: job.room, identity, to }, livekit)
      logger.info('the caller was handed over')
    } catch (error) {
      logger.warn({ err: error }, 'the caller could not be handed over')
    }
  }
  const part = async ({ welcome, caller, voice }: LostCall) => {
    const words = welcome ?? (await memory.read(job))
    await apology.say(words?.apology, voice)
    if (caller?.bySip && words?.transferTo) await handOver(caller.identity, words.transferTo)
  }
  return {
    remember({ line, apology: words, bridging, transferTo }) {
      if (!bridging) return // an orchestrator of protocol 1
      const name = toLineName(job)
      const names = [{ id: line.id }, ...(name ? [name] : [])]
      const { language } = words
      const own: LineWords = { language, apology: words, bridging }
      const kept = transferTo === undefined ? own : { ...own, transferTo }
      inBackground(memory.keep(names, kept), {
        onError: (error) => logger.warn({ err: error }, 'a line was not remembered'),
      })
    },
    part,
    async end(lost) {
      await part(lost)
      await endRoom(job.room, livekit)
    },
  }
}
