import tokenizer from 'llama-tokenizer-js'
import { PhraseTrie, type WordBoost } from './phrase-trie.ts'

const rememberedLists = 16

/** Makes tries of boosted phrases. The list of a call comes with each of its utterances, so tries are kept. */
export function createPhraseTries(): (boosts: readonly WordBoost[]) => PhraseTrie {
  const tries = new Map<string, PhraseTrie>()
  return (boosts) => {
    const key = JSON.stringify(boosts)
    const trie = tries.get(key) ?? build(boosts)
    tries.delete(key)
    tries.set(key, trie)
    const oldest = tries.keys().next().value
    if (tries.size > rememberedLists && oldest !== undefined) tries.delete(oldest)
    return trie
  }
}

function build(boosts: readonly WordBoost[]): PhraseTrie {
  const trie = new PhraseTrie()
  for (const { phrases, nats } of boosts) {
    for (const phrase of phrases) {
      for (const spelling of spellings(phrase)) {
        trie.add(
          spelling.split(/\s+/).map((word) => tokenizer.encode(word, false, true)),
          nats,
        )
      }
    }
  }
  return trie
}

/** As it is, and as it stands at the beginning and in the middle of a sentence. */
function spellings(phrase: string): Set<string> {
  const plain = phrase.trim()
  if (plain === '') return new Set()
  const [first = ''] = plain
  const rest = plain.slice(first.length)
  return new Set([plain, first.toUpperCase() + rest, first.toLowerCase() + rest])
}
