import { type Verdict, weigh } from './end-of-turn.ts'
import { toFactor } from './patience.ts'
import type { Command } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'
import type { Outcome, Rule, Why } from './rule.ts'
import { confidenceOf, isSameText, isSettled, take, unheardMs } from './said.ts'
import { newTurn, type Pause, type TurnTakingState, withWords } from './state.ts'

/** Silence at which the end-of-turn model is asked: it is made for 200 ms of it, and looks at the last 1.2 s. */
export const askAtMs = [200, 500]
/** Later it would hear nothing of the caller: our own line was in between. */
const modelHearsMs = 1200
/** The model takes some 50 ms; a machine that is busy is not waited for much longer. */
const modelWaitMs = 150
/** After a flush the recogniser owes a final; then an interim has to do. */
const finalWaitMs = 600
/** A recogniser that has yet to come to so much of what was said is behind: half a sentence is no turn. */
const behindFromMs = 400
const behindWaitMs = 3000
/**
 * Silence after which words are asked for that have not come, or not all. Sooner would part sentences in two, of which
 * recognisers understand less ("When is breakfast? Sorry."): the hiss and the stop of "-st s-" are 200 ms without voice on
 * a telephone.
 */
const wordsMissingMs = 300
/** From this likelihood on a turn is sent before its silence is over. */
const speculateFrom = 0.5
const speculateAtMs = 160
/** A gap of one or two windows lies between most words. */
const shortestPauseMs = 90

/** Decides whether the turn is over, and what to ask for meanwhile. */
export const endTurn: Rule = (state, at, profile) => {
  const { voice, pause, reading, own, overlap, turn } = state
  if (!pause || voice.streak > 0) {
    return { state, commands: [], ...(voice.isSpeaking && { why: 'the caller speaks' }) }
  }
  if (own.isSpeaking && overlap.kind !== 'interrupted') {
    return { state, commands: [], ...(reading.text !== '' && { why: 'waits for our own line' }) }
  }
  if (!turn.hasVoice) return settleLateWords(state, at, profile)
  const asked = askModel(pause, at)
  const next = { ...state, pause: asked }
  const outcome =
    reading.text === ''
      ? askForWords(next, at, asked)
      : judge({ state: next, pause: asked, at, profile })
  if (asked.askedAt === pause.askedAt) return outcome
  const why = outcome.commands.length > 0 ? outcome.why : 'asks the model'
  return { ...outcome, commands: [{ type: 'predict' }, ...outcome.commands], ...(why && { why }) }
}

/** Words that a final added to a turn that is over already. */
function settleLateWords(state: TurnTakingState, at: number, profile: TurnTakingProfile): Outcome {
  if (state.reading.text === '') return { state, commands: [] }
  // A reply that is being heard, or was, is not called off for them: they come with the caller's next words.
  if (state.turn.hasReply) return { state, commands: [], why: 'late words wait for the caller' }
  if (!isSettled(state.said, state.pause?.startedAt ?? at))
    return { state, commands: [], why: 'waits for the words' }
  return commit(state, { at, profile, verdict: { delayMs: 0, probability: 1, reason: 'silence' } })
}

function askModel(pause: Pause, at: number): Pause {
  const askAt = nextAsk(pause)
  if (askAt === undefined || at < askAt || at - pause.startedAt > modelHearsMs) return pause
  const due = askAtMs.filter((ms) => at >= pause.startedAt + ms).length
  return { ...pause, asked: due, askedAt: at }
}

function askForWords(state: TurnTakingState, at: number, pause: Pause): Outcome {
  const wakeAt = nextAsk(pause)
  if (pause.flushedAt !== undefined)
    return { state, commands: [], why: 'waits for the words', wakeAt }
  const flushAt = pause.startedAt + wordsMissingMs
  if (at < flushAt) {
    return { state, commands: [], why: 'waits for the words', wakeAt: earliest(wakeAt, flushAt) }
  }
  const next = { ...state, pause: { ...pause, flushedAt: at } }
  return { state: next, commands: [{ type: 'flush' }], why: 'asks for the words', wakeAt }
}

interface Moment {
  readonly state: TurnTakingState
  readonly pause: Pause
  readonly at: number
  readonly profile: TurnTakingProfile
}

function judge(moment: Moment): Outcome {
  const { state, pause, at, profile } = moment
  const { reading, said } = state
  const verdict = weigh(
    {
      completeness: reading.completeness,
      prediction: pause.prediction,
      patience: toFactor(state.patience, profile),
    },
    profile,
  )
  const pauseMs = at - pause.startedAt
  const isAnswer = reading.completeness === 'answer'
  const dueAt = pause.startedAt + Math.max(shortestPauseMs, verdict.delayMs)
  if (at < dueAt) return speculate(moment, verdict, dueAt)
  const isModelDue =
    pause.asked === 0 || (pause.prediction === undefined && at - pause.askedAt < modelWaitMs)
  if (!isAnswer && isModelDue && pauseMs < (askAtMs[0] ?? 0) + modelWaitMs) {
    const wakeAt = pause.asked === 0 ? nextAsk(pause) : pause.askedAt + modelWaitMs
    return { state, commands: [], why: 'waits for the model', wakeAt }
  }
  if (!isSettled(said, pause.startedAt)) {
    const flushedAt = pause.flushedAt ?? at
    const next = { ...state, pause: { ...pause, flushedAt } }
    const commands: Command[] = pause.flushedAt === undefined ? [{ type: 'flush' }] : []
    const speech = { from: state.voice.onsetAt, until: pause.startedAt }
    const isBehind = unheardMs(said, speech) >= behindFromMs
    const wakeAt = flushedAt + (isBehind ? behindWaitMs : finalWaitMs)
    if (at < wakeAt) return { state: next, commands, why: 'waits for the words', wakeAt }
  }
  return commit(state, { at, profile, verdict })
}

/** Before the silence is over: sends what is likely to be the turn once it is settled, and asks for it when it is not. */
function speculate(
  { state, pause, at, profile }: Moment,
  verdict: Verdict,
  dueAt: number,
): Outcome {
  const { turn, reading, said } = state
  const wakeAt = earliest(nextAsk(pause), dueAt)
  const why = whyWaiting(state, pause)
  const isDone = turn.speculated !== undefined && isSameText(turn.speculated, reading.text)
  const isSure = isSettled(said, pause.startedAt)
  const isLikely = verdict.probability >= speculateFrom
  // Whoever dictates goes on in a moment. Else what sounds unfinished may be what is not heard yet.
  const isOfUse = reading.completeness !== 'dictating' && (isLikely || !isSure)
  if (isDone || !isOfUse) return { state, commands: [], why, wakeAt }
  const speculateAt = pause.startedAt + (isSure ? speculateAtMs : wordsMissingMs)
  if (at < speculateAt) return { state, commands: [], why, wakeAt: earliest(wakeAt, speculateAt) }
  if (!isSure) {
    if (said.interim === undefined || pause.flushedAt !== undefined) {
      return { state, commands: [], why, wakeAt }
    }
    const asked = { ...state, pause: { ...pause, flushedAt: at } }
    return { state: asked, commands: [{ type: 'flush' }], why: 'asks for the words', wakeAt }
  }
  if (turn.speculations >= profile.maxSpeculations) return { state, commands: [], why, wakeAt }
  return {
    state: {
      ...state,
      turn: { ...turn, speculated: reading.text, speculations: turn.speculations + 1 },
    },
    commands: [{ type: 'speculate', text: reading.text, confidence: confidenceOf(said) }],
    why: 'likely over: speculates',
    wakeAt,
  }
}

function whyWaiting({ reading }: TurnTakingState, { prediction }: Pause): Why {
  if (reading.completeness === 'dictating') return 'waits: dictates'
  if (reading.completeness === 'open') return 'waits: sounds unfinished'
  if (prediction && prediction.probability < prediction.threshold) return 'waits: the model doubts'
  return 'waits the shortest silence'
}

const whyOver: Readonly<Record<Verdict['reason'], Why>> = {
  model: 'over: the model is sure',
  silence: 'over: silence',
  'max-delay': 'over: waited long enough',
  complete: 'over: all was said',
}

function commit(
  state: TurnTakingState,
  { at, profile, verdict }: { at: number; profile: TurnTakingProfile; verdict: Verdict },
): Outcome {
  const { said, reading, pause, turn, voice } = state
  const { speculated } = turn
  const isConfirmed = speculated !== undefined && isSameText(speculated, reading.text)
  const isOpen = said.interim !== undefined && pause?.flushedAt === undefined
  const text = isConfirmed ? speculated : reading.text
  const next = withWords(state, { said: take(said) }, profile)
  return {
    state: {
      ...next,
      voice: { ...voice, isSpeaking: false },
      turn: newTurn,
      lastCommitAt: at,
      ...(pause && isOpen && { pause: { ...pause, flushedAt: at } }),
    },
    commands: [
      ...(isOpen ? [{ type: 'flush' } as const] : []),
      {
        type: 'commit',
        text,
        confidence: confidenceOf(said),
        endedAt: pause?.startedAt ?? at,
        reason: verdict.reason,
        ...(pause?.prediction && { probability: pause.prediction.probability }),
      },
    ],
    why: reading.completeness === 'answer' ? 'over: answered' : whyOver[verdict.reason],
  }
}

function nextAsk({ asked, startedAt }: Pause): number | undefined {
  const ms = askAtMs[asked]
  return ms === undefined ? undefined : startedAt + ms
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
