import type { PhrasePosition, PhraseTrie } from './phrase-trie.ts'

/** Logarithms of the probabilities of the next token, one row a hypothesis. */
export type LogProbabilities = readonly Float32Array[]

export interface BeamDecoder {
  /** Goes on with hypothesis `rows[i]` of the step before and `tokens[i]` behind it. */
  step(rows: readonly number[], tokens: readonly number[]): Promise<LogProbabilities>
}

export interface BeamOptions {
  readonly width: number
  /** A hypothesis so many nats behind the best is given up. With one left, a step costs half. */
  readonly margin: number
  readonly endToken: number
  readonly maxTokens: number
  readonly phrases: PhraseTrie
  readonly isCancelled: () => boolean
}

export interface Hypothesis {
  readonly tokens: readonly number[]
  /** By the model alone. */
  readonly logProbability: number
  /** With boosts. */
  readonly score: number
  readonly position: PhrasePosition
}

export interface Extension {
  readonly row: number
  readonly token: number
  readonly from: Hypothesis
  readonly logProbability: number
  readonly score: number
  readonly position: PhrasePosition
}

/** The most probable text, boosts included, from what is known so far on. */
export async function searchBeam(
  decoder: BeamDecoder,
  start: { readonly hypothesis: Hypothesis; readonly next: Float32Array },
  options: BeamOptions,
): Promise<Hypothesis> {
  let live: readonly Hypothesis[] = [start.hypothesis]
  let next: LogProbabilities = [start.next]
  let finished: Hypothesis | undefined
  while (!options.isCancelled()) {
    const kept: Extension[] = []
    for (const extension of extend(live, next, options)) {
      if (extension.token !== options.endToken) kept.push(extension)
      else if (!finished || extension.score > finished.score) finished = finish(extension)
    }
    const limit = finished?.score ?? Number.NEGATIVE_INFINITY
    const going = kept.filter(({ score }) => score > limit)
    const length = going[0] ? going[0].from.tokens.length + 1 : 0
    if (going.length === 0) break
    live = going.map(grow)
    if (length >= options.maxTokens) break
    next = await decoder.step(
      going.map(({ row }) => row),
      going.map(({ token }) => token),
    )
  }
  return finished ?? live[0] ?? start.hypothesis
}

/** The best continuations of all hypotheses, best first. */
export function extend(
  live: readonly Hypothesis[],
  next: LogProbabilities,
  {
    width,
    margin,
    endToken,
    phrases,
  }: Pick<BeamOptions, 'width' | 'margin' | 'endToken' | 'phrases'>,
): readonly Extension[] {
  const all: Extension[] = []
  for (const [row, from] of live.entries()) {
    const rowNext = next[row]
    if (!rowNext) continue
    const likely = new Set(mostProbable(rowNext, width + 1))
    const [top = endToken] = likely
    const floor = (rowNext[top] ?? 0) - margin
    // An end among rivals would win by being short: it counts where the model would end by itself.
    if (top !== endToken) likely.delete(endToken)
    // A boost lifts what the model finds possible; what it does not hear stays unheard.
    for (const token of phrases.candidates(from.position)) {
      if ((rowNext[token] ?? Number.NEGATIVE_INFINITY) > floor) likely.add(token)
    }
    for (const token of likely) {
      const logProbability = rowNext[token] ?? Number.NEGATIVE_INFINITY
      const { nats, position } =
        token === endToken
          ? { nats: -from.position.pending, position: phrases.start }
          : phrases.follow(from.position, token)
      all.push({
        row,
        token,
        from,
        logProbability: from.logProbability + logProbability,
        score: from.score + logProbability + nats,
        position,
      })
    }
  }
  all.sort((left, right) => right.score - left.score)
  const best = all[0]?.score ?? 0
  return all.slice(0, width).filter(({ score }) => score > best - margin)
}

export function grow({ from, token, logProbability, score, position }: Extension): Hypothesis {
  return { tokens: [...from.tokens, token], logProbability, score, position }
}

function finish({ from, logProbability, score, position }: Extension): Hypothesis {
  return { tokens: from.tokens, logProbability, score, position }
}

function mostProbable(row: Float32Array, count: number): number[] {
  const best: number[] = []
  let lowest = Number.NEGATIVE_INFINITY
  for (let token = 0; token < row.length; token += 1) {
    const value = row[token] ?? Number.NEGATIVE_INFINITY
    if (best.length === count && value <= lowest) continue
    const at = best.findIndex((other) => (row[other] ?? 0) < value)
    best.splice(at < 0 ? best.length : at, 0, token)
    if (best.length > count) best.pop()
    lowest = row[best.at(-1) ?? 0] ?? Number.NEGATIVE_INFINITY
  }
  return best
}
