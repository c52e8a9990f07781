import type {
  AnsweredBy,
  AnswerVerdict,
  AnswerWhy,
  HeardAnswer,
  HeardWords,
  VoiceSpan,
} from './answer.ts'
import { type CueLanguage, type Cues, cues, foldWords } from './phrases.ts'

/** Milliseconds; tuned on the tuning half of bench/answering-machine's corpus. */
export interface AnswerRules {
  /** A gap shorter than this does not part two utterances. */
  readonly joinMs: number
  /** A human says little before they wait for us. */
  readonly shortMs: number
  /** The wait after it that tells. */
  readonly shortSilenceMs: number
  /** The wait after something longer. */
  readonly saidSilenceMs: number
  /** How long a first word may stay unrecognised before the silence alone decides. */
  readonly wordsLateMs: number
  /** Nobody talks for so long without a pause to a line that is silent. */
  readonly talksOnMs: number
  /** After this it stays unknown. */
  readonly longestMs: number
}

export const answerRules: AnswerRules = {
  joinMs: 350,
  shortMs: 2400,
  shortSilenceMs: 700,
  saidSilenceMs: 1500,
  wordsLateMs: 1100,
  talksOnMs: 6500,
  longestMs: 20_000,
}

/**
 * Who took the call, as soon as it can be told; undefined until then. Words tell most, a beep as much, and without
 * either the shape of what was said: a human says a word and waits, a machine talks on.
 */
export function judgeAnswer(
  heard: HeardAnswer,
  {
    nowMs,
    language,
    rules = answerRules,
  }: { nowMs: number; language: string; rules?: AnswerRules },
): AnswerVerdict | undefined {
  const utterances = joinSpans(heard.voice, rules.joinMs)
  const last = utterances.at(-1)
  const text = foldWords(toText(heard.words))
  const facts = {
    voicedMs: utterances.reduce((sum, { startMs, endMs = nowMs }) => sum + endMs - startMs, 0),
    silentMs: last?.endMs === undefined ? 0 : nowMs - last.endMs,
    utterances: utterances.length,
    words: text === '' ? 0 : text.split(' ').length,
  }
  const isSilent = last !== undefined && last.endMs !== undefined
  const found = decide({
    ...facts,
    isSilent,
    hasBeep: heard.beeps.length > 0,
    longestMs: Math.max(0, ...utterances.map(({ startMs, endMs = nowMs }) => endMs - startMs)),
    cue: findCue(text, cuesOf(language)),
    isLate: nowMs >= rules.longestMs,
    rules,
  })
  return found && { ...found, atMs: nowMs, trace: facts }
}

interface Facts {
  readonly voicedMs: number
  readonly silentMs: number
  readonly words: number
  readonly isSilent: boolean
  readonly hasBeep: boolean
  /** Of one utterance. */
  readonly longestMs: number
  readonly cue: keyof Cues | undefined
  readonly isLate: boolean
  readonly rules: AnswerRules
}

function decide(facts: Facts): { by: AnsweredBy; why: AnswerWhy } | undefined {
  const { cue, rules, isSilent, silentMs } = facts
  if (facts.hasBeep) return { by: 'machine', why: 'beep' }
  if (cue === 'machine') return { by: 'machine', why: 'machine-words' }
  if (cue === 'ivr') return { by: 'ivr', why: 'ivr-words' }
  if (isSilent && cue === 'human' && silentMs >= rules.shortSilenceMs) {
    return { by: 'human', why: 'human-words' }
  }
  if (isSilent && cue === 'half' && silentMs >= 2 * rules.saidSilenceMs) {
    return { by: 'machine', why: 'half-machine-words' }
  }
  if (isSilent && cue === undefined) {
    const neededMs = facts.words > 0 ? rules.shortSilenceMs : rules.wordsLateMs
    if (facts.voicedMs <= rules.shortMs && silentMs >= neededMs) {
      return { by: 'human', why: 'short-and-silent' }
    }
    if (silentMs >= rules.saidSilenceMs) return { by: 'human', why: 'said-and-silent' }
  }
  if (facts.longestMs >= rules.talksOnMs && cue !== 'human') {
    return { by: 'machine', why: 'talks-on' }
  }
  return facts.isLate ? { by: 'unknown', why: 'time-is-up' } : undefined
}

/** What weighs most goes first: a mailbox that also names keys is a mailbox. */
function findCue(text: string, known: readonly Cues[]): keyof Cues | undefined {
  const order = ['machine', 'ivr', 'human', 'half'] as const
  return order.find((kind) => known.some((one) => one[kind].test(text)))
}

/** Of the line's language, and English: networks announce in it too. */
function cuesOf(language: string): readonly Cues[] {
  const base = language.slice(0, 2).toLowerCase()
  return isKnown(base) && base !== 'en' ? [cues[base], cues.en] : [cues.en]
}

function isKnown(language: string): language is CueLanguage {
  return language in cues
}

/** All finals, and the newest interim after them. */
function toText(words: readonly HeardWords[]): string {
  const finals = words.filter(({ isFinal }) => isFinal).map(({ text }) => text)
  const last = words.at(-1)
  return [...finals, ...(last && !last.isFinal ? [last.text] : [])].join(' ')
}

function joinSpans(spans: readonly VoiceSpan[], joinMs: number): VoiceSpan[] {
  const joined: VoiceSpan[] = []
  for (const span of spans) {
    const before = joined.at(-1)
    if (before?.endMs !== undefined && span.startMs - before.endMs < joinMs) {
      joined[joined.length - 1] = { ...span, startMs: before.startMs }
    } else {
      joined.push(span)
    }
  }
  return joined
}
