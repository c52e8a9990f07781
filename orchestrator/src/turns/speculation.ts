import { type BoundedQueue, createBoundedQueue, joinSignals } from '@trunkline/runtime'
import type { Dialogue, DialogueEvent, DialogueTurn, Usage } from '../dialogue/dialogue.ts'
import { estimateTokens } from '../dialogue/estimate-tokens.ts'

/** What was spent on a reply that nobody hears. */
export interface Waste extends Pick<Usage, 'promptTokens' | 'completionTokens'> {
  /** The configured one; undefined when the model had not been asked yet. */
  readonly model: string | undefined
}

export interface SpeculationTimes {
  readonly asked: number
  readonly firstToken?: number
  readonly firstClause?: number
}

/** A reply that is being made before it is certain that the caller has finished. */
export interface Speculation {
  readonly turnId: string
  /** What has happened so far, epoch milliseconds. */
  readonly times: SpeculationTimes
  readonly hasFailed: boolean
  /** True when it would answer this very request, and has not failed. */
  answers(request: DialogueTurn): boolean
  /**
   * The turn is certain: what was made so far, then what follows. Effects may happen from now on. To be called once,
   * and only while `answers` is true. An abort of `signal` stops it as it stops `Dialogue.streamTurn`.
   */
  take(signal: AbortSignal): AsyncIterable<DialogueEvent>
  /** Stops the model. Nothing has happened, and nothing will; what it has cost is told. */
  drop(): Waste
}

export interface SpeculationOptions {
  readonly request: DialogueTurn
  /** The call's. */
  readonly signal: AbortSignal
  /** As `StreamTurnOptions`. */
  readonly secret: () => string | undefined
  /** Called once when nobody has taken or dropped it in time. */
  readonly onExpired: () => void
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** An agent confirms or drops within its longest endpointing delay; one that does neither has died. */
const longestWaitMs = 15_000
/** Sentences and tools of one reply; a model is cut off by its own limit long before. */
const maxEvents = 2000

type Step = { readonly event: DialogueEvent } | { readonly failure: unknown }

/** Starts the model at once. No tool but read-only ones runs before `take`. */
export function createSpeculation(
  dialogue: Dialogue,
  { request, signal, onExpired, secret, now }: SpeculationOptions,
): Speculation {
  const own = new AbortController()
  const joined = joinSignals([signal, own.signal])
  const steps = createBoundedQueue<Step>({ capacity: maxEvents })
  let makeCertain = () => {}
  const certain = new Promise<void>((resolve) => {
    makeCertain = resolve
  })
  const key = toKey(request)
  let times: SpeculationTimes = { asked: now() }
  let hasFailed = false
  let model: string | undefined
  let promptTokens = 0
  let sentences = ''
  let usage: Usage | undefined

  const take = (event: DialogueEvent) => {
    if (event.type === 'first-token') times = { firstToken: now(), ...times }
    if (event.type === 'sentence') {
      times = { firstClause: now(), ...times }
      sentences += event.text
    }
    if (event.type === 'finished') usage = event.usage
    if (!steps.push({ event })) throw new RangeError('a reply without end')
  }
  const make = async () => {
    try {
      const reply = dialogue.streamTurn(request, {
        signal: joined.signal,
        certain,
        secret,
        onAsked(asked) {
          model = asked.model
          promptTokens += asked.promptTokens
        },
      })
      for await (const event of reply) take(event)
    } catch (failure) {
      hasFailed = true
      steps.push({ failure })
    } finally {
      joined.release()
      steps.close()
    }
  }
  const timer = setTimeout(onExpired, longestWaitMs)
  timer.unref()
  void make() // cannot reject: its failure is a step

  return {
    turnId: request.turnId,
    get times() {
      return times
    },
    get hasFailed() {
      return hasFailed
    },
    answers: (asked) => !hasFailed && !joined.signal.aborted && toKey(asked) === key,
    take(turnSignal) {
      clearTimeout(timer)
      makeCertain()
      const abort = () => own.abort(turnSignal.reason)
      if (turnSignal.aborted) abort()
      else turnSignal.addEventListener('abort', abort, { once: true })
      return toEvents(steps)
    },
    drop() {
      clearTimeout(timer)
      own.abort(new DOMException('the caller has gone on', 'AbortError'))
      const { promptTokens: prompt = promptTokens, completionTokens = estimateTokens(sentences) } =
        usage ?? {}
      return { model, promptTokens: prompt, completionTokens }
    },
  }
}

async function* toEvents(steps: BoundedQueue<Step>): AsyncGenerator<DialogueEvent> {
  for await (const step of steps) {
    if ('failure' in step) throw step.failure
    yield step.event
  }
}

/** Whatever the reply depends on. The line does not change during a call. */
function toKey({ line: _line, ...asked }: DialogueTurn): string {
  return JSON.stringify(asked)
}
