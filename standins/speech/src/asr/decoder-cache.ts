import { type InferenceSession, Tensor } from 'onnxruntime-node'

const layers = 6
const heads = 8
const headSize = 36

type Feeds = Record<string, Tensor>

/** Moonshine's decoder with the keys and values of the tokens it has already seen, for one or more hypotheses. */
export class DecoderCache {
  readonly #decoder: InferenceSession
  readonly #states: Tensor
  /** Keys and values of the tokens, one row a hypothesis. */
  #tokens: Feeds
  /** Those of the audio, one row. */
  #audio: Feeds
  /** The same as often as there are hypotheses. */
  #repeated: { readonly count: number; readonly audio: Feeds; readonly states: Tensor }
  #isFirst = true

  constructor(decoder: InferenceSession, states: Tensor) {
    this.#decoder = decoder
    this.#states = states
    this.#tokens = empty('decoder')
    this.#audio = empty('encoder')
    this.#repeated = { count: 1, audio: this.#audio, states }
  }

  /**
   * Logits for what follows each of `tokens`, `[1, tokens.length, vocabulary]`. Only for the first run: the branch
   * with a cache masks nothing, and takes one token at a time.
   */
  async begin(tokens: readonly number[]): Promise<Tensor> {
    const output = await this.#run([1, tokens.length], tokens, ['decoder', 'encoder'])
    // The encoder's keys come out of the first run only; later ones give placeholders, which are not fetched.
    this.#audio = presentOf(output, 'encoder')
    this.#repeated = { count: 1, audio: this.#audio, states: this.#states }
    this.#isFirst = false
    return tensor(output, 'logits')
  }

  /** Logits for what follows `tokens[i]` behind hypothesis `rows[i]` of the run before, `[rows.length, 1, vocabulary]`. */
  async step(rows: readonly number[], tokens: readonly number[]): Promise<Tensor> {
    this.#select(rows)
    return tensor(await this.#run([rows.length, 1], tokens, ['decoder']), 'logits')
  }

  /** Forgets the last `count` tokens: they were a draft that did not hold. */
  forget(count: number): void {
    if (count > 0) this.#tokens = mapFeeds(this.#tokens, (past) => shorten(past, count))
  }

  async #run(
    dims: readonly [number, number],
    tokens: readonly number[],
    wanted: readonly ('decoder' | 'encoder')[],
  ): Promise<InferenceSession.ReturnType> {
    const output = await this.#decoder.run(
      {
        ...this.#tokens,
        ...this.#repeated.audio,
        input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), dims),
        encoder_hidden_states: this.#repeated.states,
        use_cache_branch: new Tensor('bool', [!this.#isFirst]),
      },
      ['logits', ...wanted.flatMap(names).map((name) => `present.${name}`)],
    )
    this.#tokens = presentOf(output, 'decoder')
    return output
  }

  #select(rows: readonly number[]): void {
    const held = Object.values(this.#tokens)[0]?.dims[0] ?? 1
    if (rows.length !== held || rows.some((row, index) => row !== index)) {
      this.#tokens = mapFeeds(this.#tokens, (past) => takeRows(past, rows))
    }
    if (rows.length === this.#repeated.count) return
    const same = rows.map(() => 0)
    this.#repeated =
      rows.length === 1
        ? { count: 1, audio: this.#audio, states: this.#states }
        : {
            count: rows.length,
            audio: mapFeeds(this.#audio, (past) => takeRows(past, same)),
            states: takeRows(this.#states, same),
          }
  }
}

function names(kind: 'decoder' | 'encoder'): string[] {
  return Array.from({ length: layers }, (_, layer) => [
    `${layer}.${kind}.key`,
    `${layer}.${kind}.value`,
  ]).flat()
}

function empty(kind: 'decoder' | 'encoder'): Feeds {
  const nothing = () => new Tensor('float32', new Float32Array(), [1, heads, 0, headSize])
  return Object.fromEntries(names(kind).map((name) => [`past_key_values.${name}`, nothing()]))
}

function presentOf(output: InferenceSession.ReturnType, kind: 'decoder' | 'encoder'): Feeds {
  return Object.fromEntries(
    names(kind).map((name) => [`past_key_values.${name}`, tensor(output, `present.${name}`)]),
  )
}

function mapFeeds(feeds: Feeds, change: (past: Tensor) => Tensor): Feeds {
  return Object.fromEntries(Object.entries(feeds).map(([name, past]) => [name, change(past)]))
}

function takeRows(past: Tensor, rows: readonly number[]): Tensor {
  const data = floats(past)
  const [held = 1, ...rest] = past.dims
  const size = data.length / held
  const taken = new Float32Array(rows.length * size)
  for (const [index, row] of rows.entries()) {
    taken.set(data.subarray(row * size, (row + 1) * size), index * size)
  }
  return new Tensor('float32', taken, [rows.length, ...rest])
}

function shorten(past: Tensor, count: number): Tensor {
  const length = past.dims[2] ?? 0
  const kept = Math.max(0, length - count)
  const data = floats(past)
  const shorter = new Float32Array(heads * kept * headSize)
  for (let head = 0; head < heads; head += 1) {
    const from = head * length * headSize
    shorter.set(data.subarray(from, from + kept * headSize), head * kept * headSize)
  }
  return new Tensor('float32', shorter, [1, heads, kept, headSize])
}

function floats({ data }: Tensor): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error('the tensor is not float32')
  return data
}

function tensor(output: InferenceSession.ReturnType, name: string): Tensor {
  const value = output[name]
  if (!(value instanceof Tensor)) throw new Error(`the decoder gave no ${name}`)
  return value
}
