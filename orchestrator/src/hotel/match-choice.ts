import { editDistance, foldName } from './spoken-name.ts'

/**
 * Finds the one choice that a model's or caller's word means: the same words, else the only one that shares a
 * word, else the only one that is a letter away. `names` are what a choice is called.
 */
export function matchChoice<T>(
  wanted: string,
  choices: readonly T[],
  names: (choice: T) => readonly string[],
): T | undefined {
  const folded = foldName(wanted)
  const words = folded.split(' ').filter((word) => word.length > 2)
  const foldedNames = (choice: T) => names(choice).map(foldName)
  const tests: readonly ((name: string) => boolean)[] = [
    (name) => name === folded,
    (name) => name.replaceAll(' ', '') === folded.replaceAll(' ', ''),
    (name) => words.some((word) => isDistinctive(word) && name.split(' ').includes(word)),
    (name) => words.some((word) => name.split(' ').some((part) => isNear(word, part))),
  ]
  const isDistinctive = (word: string) =>
    choices.filter((choice) => foldedNames(choice).some((name) => name.split(' ').includes(word)))
      .length === 1
  for (const test of tests) {
    const found = choices.filter((choice) => foldedNames(choice).some(test))
    if (found.length === 1) return found[0]
  }
  return undefined
}

function isNear(word: string, part: string): boolean {
  return word.length >= 4 && part.length >= 4 && editDistance(word, part) <= 1
}
