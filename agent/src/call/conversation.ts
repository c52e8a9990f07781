import type { Room } from '@livekit/rtc-node'
import type { DtmfEntry, OrchestratorMessageOf } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Send } from '../channel/outgoing.ts'
import { followCallerTrack } from '../listening/caller-track.ts'
import { createEchoGuard } from '../listening/echo-guard.ts'
import { createEndOfTurnModel } from '../listening/end-of-turn-model.ts'
import { type Hearing, startHearing } from '../listening/hearing.ts'
import { createKeys } from '../listening/keys.ts'
import type { Listening } from '../listening/listening.ts'
import { createRecognizer, type Recognized } from '../listening/recognizer.ts'
import { createSilenceWatch } from '../listening/silence-watch.ts'
import { createSoundWatch } from '../listening/sound-kind.ts'
import { createTonality } from '../listening/tonality.ts'
import { createVoiceWindows } from '../listening/voice-windows.ts'
import type { Playout } from '../speaking/playout.ts'
import type { Speaker } from '../speaking/speaker.ts'
import { speechSampleRateHz } from '../speaking/synthesizer.ts'
import type { Expectation } from '../turn-taking/expectation.ts'
import { createProfiles } from '../turn-taking/profile.ts'
import { createAgentState } from './agent-state.ts'
import type { Caller } from './caller.ts'
import { followCallerMessages } from './caller-messages.ts'
import { createCaptions } from './captions.ts'
import { createFloor } from './floor.ts'
import type { Turn } from './turn-message.ts'
import type { Turns } from './turns.ts'

export interface ConversationOptions {
  readonly room: Room
  readonly caller: Caller
  readonly welcome: OrchestratorMessageOf<'welcome'>
  readonly asr: { readonly uri: string; readonly traceparent: string | undefined }
  readonly playout: Playout
  readonly speaker: Speaker
  readonly listening: Listening
  readonly turns: Turns
  readonly send: Send
  /** Nothing is heard any more: the call cannot go on. */
  readonly onFailed: (error: unknown) => void
  readonly logger: Logger
  /** Aborts when the call is over for this job: no turn is taken any more. */
  readonly signal: AbortSignal
}

export interface Conversation {
  /** What the dialogue waits for, and how keys are taken; without `dtmf` as the line does. */
  expect(expectation: Expectation, dtmf?: DtmfEntry): void
  /** The caller has pressed a key. */
  press(key: string): void
  /** Has the recogniser listen for another language (BCP 47); true, as every one can be tried. */
  setLanguage(language: string): true
  /** From now on replies are heard. */
  enter(): void
  close(): Promise<void>
}

/** Hears the caller, decides whose turn it is, and speaks what the orchestrator says. */
export function startConversation(options: ConversationOptions): Conversation {
  const { room, caller, welcome, playout, speaker, listening, turns, send, logger } = options
  const { signal, onFailed } = options
  const { identity } = caller
  const stack = createDisposalStack()
  const captions = caller.bySip ? undefined : createCaptions({ room, caller: identity, logger })
  const state = createAgentState(room)
  const sounds = createSoundWatch()
  const tonalityOf = createTonality()
  const echo = createEchoGuard({ sentRateHz: speechSampleRateHz })

  const quiet = createSilenceWatch({
    silenceMs: welcome.limits.silenceSeconds * 1000,
    onSilent: (sinceMs) => send({ type: 'silence', sinceMs }),
  })
  const recognizer = createRecognizer({
    ...{ ...options.asr, keyterms: welcome.keyterms, logger },
    language: welcome.greeting.language,
  })
  const hearing: Hearing = startHearing({
    windows: createVoiceWindows({ echoOf: (samples, at) => echo.shareOf(samples, at) }),
    model: createEndOfTurnModel(),
    recognizer,
    listener: {
      window({ samples, ...window }) {
        floor.perceive(window)
        const change = sounds.hear({ ...window, tonality: tonalityOf(samples) })
        if (change) send({ type: 'caller-audio', state: change.kind, sinceMs: change.sinceMs })
      },
      recognized: (recognized) => recognize(recognized),
      endOfTurn: (answer) => floor.perceive({ type: 'end-of-turn', ...answer }),
    },
    onError: onFailed,
  })
  const floor = createFloor({
    profileOf: createProfiles(welcome.turnTaking),
    ...{ playout, speaker, hearing, listening, turns, logger },
    onTurn: () => state.tell('thinking'),
  })
  const keys = createKeys({
    ...{ unasked: welcome.dtmf, send },
    onCutIn: () => floor.perceive({ type: 'cut-in', by: 'dtmf' }),
    onEntry(text, { interrupts, isSecret, isMenuKey }) {
      if (interrupts) speaker.interrupt()
      takeWritten({ text, confidence: 1, source: 'dtmf', isSecret, isMenuKey })
    },
  })
  const stopTrack = followCallerTrack({
    ...{ room, caller: identity },
    onFrame: (samples) => hearing.push(samples),
    onError: (error) => logger.warn({ err: error }, 'the caller’s track cannot be read'),
  })
  playout.listen({
    voice(voice) {
      floor.perceive({ type: 'own-voice', ...voice })
      quiet.setSpeaking(voice.isSpeaking)
      state.tell(voice.isSpeaking ? 'speaking' : 'listening')
    },
    played: (samples, endedAt) => echo.sent(samples, endedAt),
  })
  if (captions) {
    stack.defer(() => captions.close())
    stack.defer(
      followCallerMessages({
        ...{ room, caller: identity, logger },
        onText(text) {
          quiet.noticed()
          speaker.interrupt()
          takeWritten({ text, confidence: 1, source: 'text' })
        },
        onCutIn: () => floor.perceive({ type: 'cut-in', by: 'cancel-tts' }),
      }),
    )
  }
  stack.defer(() => hearing.close())
  stack.defer(stopTrack)
  stack.defer(() => keys.close())
  stack.defer(() => quiet.close())
  stack.defer(() => floor.close())
  state.tell('listening')
  const leave = () => {
    floor.perceive({ type: 'left' })
    keys.close()
    quiet.close()
  }
  signal.addEventListener('abort', leave, { once: true })

  function takeWritten(turn: Turn & { source: 'text' | 'dtmf' }): void {
    turns.ended(turn, { reason: turn.source })
    state.tell('thinking')
  }

  function recognize(recognized: Recognized): void {
    quiet.noticed()
    sounds.words(performance.now())
    const { text, language, heardUntil } = recognized
    if (recognized.type === 'interim') {
      listening.interim(text, language)
      captions?.callerInterim(text)
      const { stability } = recognized
      floor.perceive({ type: 'interim', text, stability, heardUntil })
    } else {
      listening.final(recognized)
      captions?.callerFinal(text)
      const { confidence } = recognized
      floor.perceive({ type: 'final', text, confidence, heardUntil })
    }
  }

  return {
    expect(expect, dtmf) {
      floor.perceive({ type: 'expect', expect })
      keys.expect(dtmf)
    },
    press(key) {
      quiet.noticed()
      keys.press(key)
    },
    setLanguage(language) {
      recognizer.setLanguage(language)
      return true
    },
    enter() {
      const stage = {
        play: playout.play.bind(playout),
        drop: playout.drop.bind(playout),
        skipCut: playout.skipCut.bind(playout),
        bargeInStopMs: floor.bargeInStopMs,
      }
      speaker.enter(stage, captions)
    },
    close: () => stack.close(),
  }
}
