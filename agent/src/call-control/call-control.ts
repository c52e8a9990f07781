import type { Room } from '@livekit/rtc-node'
import { briefTrackName, type CallAction } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Outgoing } from '../channel/outgoing.ts'
import { toFrames } from '../speaking/frames.ts'
import type { Synthesizer } from '../speaking/synthesizer.ts'
import { createHoldMusic } from './hold-music.ts'
import { sendKeys } from './send-keys.ts'
import { publishSound, type SoundTrack } from './sound-track.ts'

/** What can be done with a call beside talking: hold, keys, another language, a word to a colleague. */
export interface CallControl {
  /** False while the caller is on hold: what they say is for nobody. */
  readonly isListening: boolean
  /** Does an action. Undefined for one of another kind; false when it could not be done, and nothing has changed. */
  perform(action: CallAction): Promise<boolean | undefined>
  /** To be told of what is sent to the orchestrator: music is soft while something is said. */
  noteSent(message: Outgoing): void
  close(): Promise<void>
}

export interface CallControlDeps {
  readonly room: () => Room
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  /** Has the recogniser listen for another language; false when there is none yet. */
  readonly setLanguage: (language: string) => boolean
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

const holdTrackName = 'agent-hold'
/** What was said on hold is recognised, and its turn decided, up to so long after it. */
const lateTurnMs = 1500

export function createCallControl(deps: CallControlDeps): CallControl {
  const { room, synthesizer, setLanguage, logger, signal } = deps
  const onError = (error: unknown) => {
    if (!signal.aborted) logger.warn({ err: error }, 'hold music stopped by itself')
  }
  const music = createHoldMusic({ publish: () => publishSound(room(), holdTrackName), onError })
  let isListening = true
  let listeningAgain: NodeJS.Timeout | undefined
  let consult: SoundTrack | undefined

  const brief = async ({ text, language, voice }: Extract<CallAction, { kind: 'brief' }>) => {
    if (!consult) return false
    const { pcm } = await synthesizer.synthesize(
      { text, language, voice, cache: false },
      { signal },
    )
    for await (const samples of toFrames(pcm)) await consult.write(samples)
    await consult.playedOut()
    return true
  }
  const perform = async (action: CallAction): Promise<boolean | undefined> => {
    switch (action.kind) {
      case 'hold':
        await music.start()
        clearTimeout(listeningAgain)
        isListening = false
        return true
      case 'unhold':
        await music.stop()
        clearTimeout(listeningAgain)
        listeningAgain = setTimeout(() => {
          isListening = true
        }, lateTurnMs)
        return true
      case 'send-dtmf': {
        const local = room().localParticipant
        if (!local) return false
        const publish = (code: number, key: string) => local.publishDtmf(code, key)
        await sendKeys(action.digits, { publish, signal })
        return true
      }
      case 'set-language':
        return setLanguage(action.language)
      case 'consult':
        consult ??= await publishSound(room(), briefTrackName)
        return true
      case 'brief':
        return await brief(action)
      default:
        return undefined
    }
  }

  return {
    get isListening() {
      return isListening
    },
    async perform(action) {
      try {
        return await perform(action)
      } catch (error) {
        if (!signal.aborted) logger.warn({ err: error, kind: action.kind }, 'an action failed')
        return false
      }
    },
    noteSent({ type }) {
      if (type === 'say-started') music.soften(true)
      else if (type === 'heard') music.soften(false)
    },
    async close() {
      clearTimeout(listeningAgain)
      await Promise.all([music.stop(), consult?.close()])
    },
  }
}
