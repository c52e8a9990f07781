import type { DateAtom } from './date-atoms.ts'
import type { Word } from './words.ts'

/**
 * Leaves the days that count: without those denied or corrected, and without loose numbers that stand beside no
 * date. At most two are left, the first and the second.
 */
export function pickAtoms(
  atoms: readonly DateAtom[],
  words: readonly Word[],
  options: { readonly acceptsBare: boolean },
): DateAtom[] {
  const hardened = atoms.map((atom) => (isLoose(atom, words) ? { ...atom, isWeak: true } : atom))
  const strong = hardened.filter((atom) => !atom.isWeak)
  const counted =
    strong.length >= 2
      ? strong
      : hardened.filter(
          (atom, index) =>
            !atom.isWeak ||
            isJoined(hardened[index - 1], atom) ||
            isJoined(atom, hardened[index + 1]) ||
            options.acceptsBare,
        )
  const kept: DateAtom[] = []
  for (const atom of counted) {
    if (atom.isDenied) continue
    const previous = kept.at(-1)
    if (atom.isCorrection && previous && !isDeniedBefore(counted, atom)) {
      const role = atom.role ?? previous.role
      kept[kept.length - 1] = { ...previous, ...atom, ...(role ? { role } : {}) }
    } else kept.push(atom)
  }
  return kept.slice(0, 2)
}

function isDeniedBefore(atoms: readonly DateAtom[], atom: DateAtom): boolean {
  return atoms[atoms.indexOf(atom) - 1]?.isDenied === true
}

/** "first, I would like": an ordinal that nothing ties to a date. */
function isLoose(atom: DateAtom, words: readonly Word[]): boolean {
  if (atom.day === undefined || atom.month !== undefined || atom.monthOffset !== undefined) {
    return false
  }
  const before = words[atom.start - 1]?.text ?? ''
  return atom.role === undefined && !/^(the|on|den|am|le|el|il)$/.test(before)
}

/** "3 to 5": side by side with only "to" (and "the") between, or from … until. */
function isJoined(first: DateAtom | undefined, second: DateAtom | undefined): boolean {
  if (!first || !second) return false
  return second.role === 'until' && second.start - first.end <= 3
}
