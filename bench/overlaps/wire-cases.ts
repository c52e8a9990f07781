import { type CaseSpec, type OverSpec, planCorpus, type TurnSpec } from '../turn-taking/plan.ts'

/** A case of the turn-taking corpus that is said again on the wire. */
export type WireCase =
  | { readonly kind: 'backchannel' | 'interruption'; readonly spec: OverSpec }
  | { readonly kind: 'pause'; readonly spec: TurnSpec }

export const caseKinds = ['backchannel', 'interruption', 'pause'] as const
export type CaseKind = (typeof caseKinds)[number]

/**
 * Measuring voices that the stand-in for Riva understands. It takes most words of the others for different ones, and
 * then its ears would be measured.
 */
const clearVoices = ['flite:slt', 'flite:rms'] as const

/**
 * The first English backchannels and interruptions of the measuring set, and its first turns with so many pauses,
 * in clear voices.
 */
export function planWireCases(count: number): readonly WireCase[] {
  const english = planCorpus('measuring')
    .filter(({ language }) => language === 'en')
    .map(speakClearly)
  const over = english.filter((spec) => spec.kind === 'over')
  const ofType = (kind: 'backchannel' | 'interruption', types: readonly string[]) =>
    over
      .filter(({ sound }) => types.includes(sound.type))
      .slice(0, count)
      .map((spec): WireCase => ({ kind, spec }))
  return [
    ...ofType('backchannel', ['backchannel']),
    ...ofType('interruption', ['stop', 'interruption']),
    ...takePauses(
      english.filter((spec) => spec.kind === 'turn'),
      count,
    ),
  ]
}

function speakClearly(spec: CaseSpec, index: number): CaseSpec {
  if (!spec.voice.startsWith('espeak:')) return spec
  return { ...spec, voice: clearVoices[index % clearVoices.length] ?? spec.voice }
}

/** Of every topic in turn, so that a part of them is as mixed as the whole. */
function takePauses(turns: readonly TurnSpec[], count: number): readonly WireCase[] {
  const topics = new Map<string, TurnSpec[]>()
  for (const turn of turns.filter(({ parts }) => parts.length > 1)) {
    topics.set(turn.topic, [...(topics.get(turn.topic) ?? []), turn])
  }
  const cases: WireCase[] = []
  let pauses = 0
  for (let round = 0; pauses < count; round += 1) {
    const next = [...topics.values()].flatMap((all) => all[round] ?? [])
    if (next.length === 0) break
    for (const spec of next) {
      if (pauses >= count) break
      cases.push({ kind: 'pause', spec })
      pauses += spec.parts.length - 1
    }
  }
  return cases
}
