import type { Random } from './random.ts'

/** One thing that happens to a call. */
export type Step =
  /** The caller says a turn and hears the whole reply. */
  | { readonly kind: 'turn'; readonly sentences: number }
  /** The caller goes on before the reply is over: the older turn gets no more. */
  | { readonly kind: 'hasty-turns'; readonly sentences: number }
  /** The caller speaks over the reply. */
  | { readonly kind: 'interrupt'; readonly sentences: number }
  | { readonly kind: 'dtmf' }
  /** The agent sends its last messages once more. */
  | { readonly kind: 'repeat'; readonly messages: number }
  /** The connection breaks while the reply is on its way. */
  | { readonly kind: 'drop'; readonly sentences: number }
  /** What was sent just before the connection broke never arrived. */
  | { readonly kind: 'lose'; readonly sentences: number }
  | { readonly kind: 'stall'; readonly ms: number }
  /** kill -9 of the agent's job; `midTurn` while its reply is on its way. */
  | { readonly kind: 'kill-job'; readonly midTurn: boolean }
  /** The job that was killed before turns out to live. */
  | { readonly kind: 'zombie' }
  | { readonly kind: 'bystander' }

export type Ending =
  | 'caller-hangup'
  | 'goodbye'
  | 'operator'
  /** Caller and job go at once; only LiveKit is left to say so. */
  | 'vanish'

export interface Plan {
  readonly seed: number
  readonly steps: readonly Step[]
  readonly ending: Ending
}

const kinds: readonly [Step['kind'], ...Step['kind'][]] = [
  ...(['turn', 'turn', 'hasty-turns', 'interrupt', 'dtmf', 'repeat', 'drop', 'lose'] as const),
  ...(['stall', 'kill-job', 'zombie', 'bystander'] as const),
]
const endings: readonly [Ending, ...Ending[]] = ['caller-hangup', 'goodbye', 'operator', 'vanish']

/** A random call; the same seed gives the same call. */
export function drawPlan(seed: number, random: Random): Plan {
  const steps = Array.from({ length: random.between(2, 7) }, () => drawStep(random))
  return { seed, steps, ending: random.pick(endings) }
}

function drawStep(random: Random): Step {
  const kind = random.pick(kinds)
  switch (kind) {
    case 'turn':
    case 'hasty-turns':
    case 'interrupt':
    case 'drop':
    case 'lose':
      return { kind, sentences: random.between(1, 4) }
    case 'repeat':
      return { kind, messages: random.between(1, 12) }
    case 'stall':
      return { kind, ms: random.between(50, 900) }
    case 'kill-job':
      return { kind, midTurn: random.next() < 0.6 }
    case 'dtmf':
    case 'zombie':
    case 'bystander':
      return { kind }
    default:
      return kind satisfies never
  }
}

/** For a failure's message: what to run again. */
export function describePlan({ seed, steps, ending }: Plan): string {
  const said = steps.map((step) => JSON.stringify(step)).join(' ')
  return `SEED=${seed}: ${said} then ${ending}`
}
