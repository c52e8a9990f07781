import { inBackground } from '@trunkline/runtime'
import type { SoundTrack } from '../call-control/sound-track.ts'
import type { Outgoing } from '../channel/outgoing.ts'
import { createComfortTone } from './comfort-tone.ts'
import { frameSamples } from './frames.ts'
import { speechSampleRateHz } from './synthesizer.ts'

/** Plays the comfort tone while a caller waits for an answer that takes long, as one of a slow tool does. */
export interface Comfort {
  /** What the agent tells of the caller: a turn begins the waiting, speech breaks it off. */
  noteSent(message: Outgoing): void
  /** The reply to the turn is complete, or it gets none. */
  turnFinished(): void
  ownVoice(isSpeaking: boolean): void
  close(): Promise<void>
}

export interface ComfortDeps {
  readonly publish: () => Promise<SoundTrack>
  readonly onError: (error: unknown) => void
}

/** A reply that comes sooner needs no tone before it. */
const patienceMs = 900

export function createComfort({ publish, onError }: ComfortDeps): Comfort {
  let isTurnOpen = false
  let isSpeaking = false
  let isSpokenTo = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let track: Promise<SoundTrack> | undefined
  let sounding: { end: () => void; readonly over: Promise<void> } | undefined

  const play = async (tone: ReturnType<typeof createComfortTone>) => {
    track ??= publish()
    const to = await track
    while (!tone.isOver) await to.write(tone.next(frameSamples))
  }
  const start = () => {
    if (sounding || isClosed) return
    const tone = createComfortTone({ sampleRateHz: speechSampleRateHz })
    const over = play(tone).finally(() => {
      sounding = undefined
      look()
    })
    sounding = { end: () => tone.end(), over: over.catch(() => {}) } // told below
    inBackground(over, { onError })
  }
  const look = () => {
    const isWaiting = isTurnOpen && !isSpeaking && !isSpokenTo && !isClosed
    if (isWaiting) {
      timer ??= setTimeout(start, patienceMs)
      return
    }
    clearTimeout(timer)
    timer = undefined
    sounding?.end()
  }

  return {
    noteSent(message) {
      switch (message.type) {
        case 'turn':
          isTurnOpen = message.speculative !== true
          break
        case 'turn-confirm':
          isTurnOpen = true
          break
        case 'cancel':
        case 'turn-drop':
          isTurnOpen = false
          break
        case 'speech-start':
          isSpokenTo = true
          break
        case 'speech-end':
          isSpokenTo = false
          break
        default:
          return
      }
      look()
    },
    turnFinished() {
      isTurnOpen = false
      look()
    },
    ownVoice(speaking) {
      isSpeaking = speaking
      look()
    },
    async close() {
      isClosed = true
      look()
      await sounding?.over
      const open = await track?.catch(() => undefined) // it could not be published: told where it was tried
      await open?.close()
    },
  }
}
