import type { FixedWords, OrchestratorMessageOf } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Config } from '../config.ts'
import { createSynthesizer, type Synthesizer } from '../speaking/synthesizer.ts'
import { createWhenVoiceless } from '../speaking/when-voiceless.ts'
import { fromDiskFirst } from '../spoken-lines/from-disk.ts'
import { createLineMemory, type LineHint } from '../spoken-lines/line-memory.ts'
import { createSpareLines } from '../spoken-lines/spare-lines.ts'
import { createSpokenLines } from '../spoken-lines/spoken-lines.ts'
import { createApology } from './apology.ts'
import { type Bridging, createBridging } from './bridging.ts'
import { createLastResort, type LastResort } from './last-resort.ts'

type Welcome = OrchestratorMessageOf<'welcome'>

/** What a call has for the time when something around it is gone. */
export interface Fallbacks {
  /** For what the call says: from disk where it is there, and it goes on asking while the tts-router is away. */
  readonly synthesizer: Synthesizer
  /** For what the caller does not hear: without audio it fails soon, and the call goes on. */
  readonly plainSynthesizer: Pick<Synthesizer, 'synthesize'>
  readonly bridging: Bridging
  readonly lastResort: LastResort
  /** Has the line's words at hand: nobody may be there to ask when they are needed. */
  keepAtHand(welcome: Pick<Welcome, 'apology' | 'bridging' | 'greeting'>): void
}

export interface FallbacksOptions {
  readonly config: Pick<Config, 'livekit' | 'tts' | 'spokenLines' | 'lineMemory'>
  readonly job: LineHint
  readonly logger: Logger
  readonly welcome: Promise<Welcome | undefined>
  /** Silences our voice for good. */
  readonly mute: () => void
  readonly onVoiceless: () => void
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

export function createFallbacks(options: FallbacksOptions): Fallbacks {
  const { config, job, logger, welcome, mute, onVoiceless, signal } = options
  const lines = createSpokenLines(config.spokenLines)
  const plain = fromDiskFirst(createSynthesizer({ url: config.tts.url }), { lines })
  const spareLines = createSpareLines({ lines, synthesizer: plain, logger, signal })
  const bridging = async () => {
    const words: FixedWords | undefined = (await welcome)?.bridging
    return words && lines.read(words)
  }
  return {
    synthesizer: createWhenVoiceless(plain, { bridging, onVoiceless }),
    plainSynthesizer: plain,
    bridging: createBridging({ spareLines, signal }),
    lastResort: createLastResort({
      ...{ job, livekit: config.livekit, logger },
      apology: createApology({ mute, spareLines, signal }),
      memory: createLineMemory(config.lineMemory),
    }),
    keepAtHand({ bridging: words, apology, greeting }) {
      for (const line of [words, apology, greeting]) if (line) spareLines.keep(line)
    },
  }
}
