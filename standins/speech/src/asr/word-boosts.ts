import type { SpeechContext } from '@trunkline/riva'
import type { WordBoost } from './phrase-trie.ts'

/** Riva's scale for RNNT decoders, where 5 is firm, to nats. */
const natsPerBoost = 0.4
/** More makes words out of noise, whatever a client asks for. */
const mostNats = 3
/** Riva takes thousands; what a front desk hears fits into this, and a trie of it is made in a moment. */
const maxPhrases = 1_000

/** Riva's word boosting; one of 0 or less has no effect. */
export function toWordBoosts(contexts: readonly SpeechContext[]): readonly WordBoost[] {
  let left = maxPhrases
  return contexts.flatMap(({ phrases, boost }) => {
    const nats = Math.min(mostNats, boost * natsPerBoost)
    if (!Number.isFinite(nats) || nats <= 0) return []
    const taken = phrases.slice(0, left)
    left -= taken.length
    return [{ phrases: taken, nats }]
  })
}
