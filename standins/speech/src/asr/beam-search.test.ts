import { describe, expect, it } from 'vitest'
import { searchBeam } from './beam-search.ts'
import { PhraseTrie } from './phrase-trie.ts'

const end = 0
const [double, ru, room, bye] = [1, 2, 3, 4]

/** Probabilities of the tokens end, double, ru, room and bye. */
const row = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log)
const afterDouble = row(0.01, 0.01, 0.6, 0.3, 0.01)
const ending = row(0.9, 0.01, 0.01, 0.01, 0.01)

async function search(phrases: PhraseTrie, second = afterDouble) {
  let steps = 0
  const decoder = {
    async step(rows: readonly number[]) {
      steps += 1
      return rows.map(() => (steps === 1 ? second : ending))
    },
  }
  const hypothesis = { tokens: [], logProbability: 0, score: 0, position: phrases.start }
  const found = await searchBeam(
    decoder,
    { hypothesis, next: row(0.01, 0.9, 0.01, 0.01, 0.01) },
    { width: 4, margin: 4, endToken: end, maxTokens: 6, phrases, isCancelled: () => false },
  )
  return found.tokens
}

function boosted(nats: number, ...words: number[][]): PhraseTrie {
  const phrases = new PhraseTrie()
  phrases.add(words, nats)
  return phrases
}

describe('searchBeam', () => {
  it('hears what the model finds most probable', async () => {
    expect(await search(new PhraseTrie())).toEqual([double, ru])
  })

  it('prefers a boosted phrase among what is possible', async () => {
    expect(await search(boosted(2, [double], [room]))).toEqual([double, room])
  })

  it('takes the boost of a phrase back that is not said to its end', async () => {
    expect(await search(boosted(2, [room], [bye]))).toEqual([double, ru])
  })

  it('does not hear a boosted word where the model hears nothing like it', async () => {
    const clear = row(1e-9, 1e-9, 0.99, 1e-5, 1e-9)
    expect(await search(boosted(3, [room]), clear)).toEqual([double, ru])
  })
})
