import type { Room } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { whenAborted } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { AnsweredCall } from '../answering-machine/answered-call.ts'
import type { Send } from '../channel/outgoing.ts'
import { createDeferred } from '../deferred.ts'
import type { CallRecording } from '../recording/call-recording.ts'
import { greetingTurnId, type Speaker } from '../speaking/speaker.ts'
import type { Actions } from './actions.ts'
import { attendCaller } from './attend-caller.ts'
import type { Ending } from './ending.ts'
import type { Fallbacks } from './fallbacks.ts'
import type { Presence } from './presence.ts'
import type { Talk } from './talk.ts'

type Welcome = OrchestratorMessageOf<'welcome'>

export interface AnswerCallDeps {
  readonly room: Room
  readonly presence: Presence
  /** Undefined when the call is over before it. */
  readonly welcome: Promise<Welcome | undefined>
  /** Resolves when a caller who has lost their agent was told to wait. */
  readonly bridged: () => Promise<void> | undefined
  readonly talk: Talk
  readonly speaker: Pick<Speaker, 'play'>
  readonly actions: Actions
  readonly answered: Pick<AnsweredCall, 'mayGreet' | 'skip'>
  readonly recording: Pick<CallRecording, 'begin'>
  readonly fallbacks: Pick<Fallbacks, 'keepAtHand'>
  readonly ending: Ending
  readonly send: Send
  readonly onError: (error: unknown) => void
  readonly logger: Logger
}

/** Joins the caller's room and begins to talk; resolves when the call is under way, or when there is none. */
export async function answerCall(deps: AnswerCallDeps): Promise<void> {
  const { room, presence, ending, talk, logger } = deps
  const { signal } = ending
  const [welcome, joined] = await Promise.all([deps.welcome, presence.join()])
  if (!welcome || signal.aborted) return
  // Another job is sent when somebody waits in the room.
  if (!joined) {
    logger.warn('no room joined')
    return ending.vanish('not-joined')
  }
  const { caller, voice } = joined
  if (!caller) return ending.leave('no-caller')
  const isResumed = welcome.resume?.active === true
  const active = createDeferred<void>()
  attendCaller(caller, {
    ...{ room, voice, isResumed, signal, logger },
    ...{ send: deps.send, onError: deps.onError },
    onActive: () => active.resolve(),
    onKey: (key) => talk.conversation?.press(key),
    onGone: (reason) => ending.end(reason),
  })
  const conversation = talk.begin({ welcome, caller, voice })
  await deps.bridged()
  conversation.enter()
  if (!isResumed) {
    await Promise.race([active.promise, whenAborted(signal)])
    if (signal.aborted) return
  }
  deps.recording.begin({ welcome, room, caller: caller.identity, voice })
  if (isResumed) await resume(welcome, deps)
  else await greet(welcome, caller.identity, deps)
}

/** Goes on where the job before stopped: the orchestrator says by itself what was left unsaid. */
async function resume(
  welcome: Welcome,
  { answered, talk, actions, fallbacks }: AnswerCallDeps,
): Promise<void> {
  answered.skip()
  fallbacks.keepAtHand(welcome)
  const { expect = 'free', dtmf, actions: open = [] } = welcome.resume ?? {}
  talk.conversation?.expect(expect, dtmf)
  await Promise.all(open.map((action) => actions.take(action)))
}

async function greet(
  welcome: Welcome,
  callee: string,
  { room, answered, speaker, fallbacks, ending }: AnswerCallDeps,
): Promise<void> {
  const { outbound, greeting } = welcome
  await answered.mayGreet({ outbound, language: greeting.language, room, callee })
  if (ending.signal.aborted) return
  speaker.play(greetingTurnId)
  fallbacks.keepAtHand(welcome)
}
