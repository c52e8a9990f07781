import { toDistance } from './distance.ts'

const classes: readonly (readonly [RegExp, string])[] = [
  [/[dt]/g, 'T'],
  [/[bpvf]/g, 'P'],
  [/[lr]/g, 'L'],
  [/[szx]|c(?=[eiy])/g, 'S'],
  [/[nm]/g, 'N'],
  [/[gkqcj]/g, 'K'],
]

/** The consonants of a phrase by kind: what is left of a word on a bad line. "double" and "dive or" are both TPL. */
export function toSound(phrase: string): string {
  let sound = phrase.toLowerCase()
  for (const [letters, kind] of classes) sound = sound.replace(letters, kind)
  return sound.replace(/[^A-Z]/g, '').replace(/(.)\1+/g, '$1')
}

const minExact = 3
const minNear = 4

/** The word that sounds like the phrase; long words may have one sound wrong. */
export function findSoundAlike(phrase: string, words: readonly string[]): string | undefined {
  const sound = toSound(phrase)
  const isAlike = (word: string, limit: number) => {
    const own = toSound(word)
    const min = limit === 0 ? minExact : minNear
    return own.length >= min && toDistance(sound, own) <= limit
  }
  return words.find((word) => isAlike(word, 0)) ?? words.find((word) => isAlike(word, 1))
}
