import { type InferenceSession, Tensor } from 'onnxruntime-node'

const layers = 6
const heads = 8
const headSize = 36

type Feeds = Record<string, Tensor>

/** Moonshine's decoder with the keys and values of the tokens it has already seen. */
export class DecoderCache {
  readonly #decoder: InferenceSession
  readonly #states: Tensor
  #past: Feeds
  #isFirst = true

  constructor(decoder: InferenceSession, states: Tensor) {
    this.#decoder = decoder
    this.#states = states
    this.#past = Object.fromEntries(
      [...names('decoder'), ...names('encoder')].map((name) => [
        `past_key_values.${name}`,
        new Tensor('float32', new Float32Array(), [1, heads, 0, headSize]),
      ]),
    )
  }

  /**
   * Logits for what follows each of `tokens`, `[1, tokens.length, vocabulary]`. More than one token at a time only in
   * the first run: the branch with a cache masks nothing.
   */
  async run(tokens: readonly number[]): Promise<Tensor> {
    // The encoder's keys come out of the first run only; later ones give placeholders, which are not fetched.
    const wanted = this.#isFirst ? [...names('decoder'), ...names('encoder')] : names('decoder')
    const output = await this.#decoder.run(
      {
        ...this.#past,
        input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
        encoder_hidden_states: this.#states,
        use_cache_branch: new Tensor('bool', [!this.#isFirst]),
      },
      ['logits', ...wanted.map((name) => `present.${name}`)],
    )
    const present = wanted.map((name) => [
      `past_key_values.${name}`,
      tensor(output, `present.${name}`),
    ])
    this.#past = { ...this.#past, ...Object.fromEntries(present) }
    this.#isFirst = false
    return tensor(output, 'logits')
  }

  /** Forgets the last `count` tokens: they were a draft that did not hold. */
  forget(count: number): void {
    if (count <= 0) return
    for (const name of names('decoder')) {
      const key = `past_key_values.${name}`
      const past = this.#past[key]
      if (past) this.#past[key] = shorten(past, count)
    }
  }
}

function names(kind: 'decoder' | 'encoder'): string[] {
  return Array.from({ length: layers }, (_, layer) => [
    `${layer}.${kind}.key`,
    `${layer}.${kind}.value`,
  ]).flat()
}

function shorten(past: Tensor, count: number): Tensor {
  const length = past.dims[2] ?? 0
  const kept = Math.max(0, length - count)
  const data = past.data
  if (!(data instanceof Float32Array)) throw new Error('the cache is not float32')
  const shorter = new Float32Array(heads * kept * headSize)
  for (let head = 0; head < heads; head += 1) {
    const from = head * length * headSize
    shorter.set(data.subarray(from, from + kept * headSize), head * kept * headSize)
  }
  return new Tensor('float32', shorter, [1, heads, kept, headSize])
}

function tensor(output: InferenceSession.ReturnType, name: string): Tensor {
  const value = output[name]
  if (!(value instanceof Tensor)) throw new Error(`the decoder gave no ${name}`)
  return value
}
