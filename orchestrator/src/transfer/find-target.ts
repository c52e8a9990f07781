import { type Line, type TransferMode, transferAddress } from '@trunkline/contracts'
import { toOpeningState } from '../dialogue/opening-state.ts'

/** Whom a caller is to be handed over to. */
export interface FoundTarget {
  /** As the line names it; absent for a number or an address. */
  readonly name?: string
  readonly to: string
  readonly mode: TransferMode
  readonly ringSeconds: number
  readonly isOpen: boolean
}

const defaultRingSeconds = 25

/**
 * The line's target of this name, else the number or address that it is.
 * @param now epoch milliseconds: whether somebody answers there
 * @returns undefined for what is neither
 */
export function findTarget(
  to: string,
  { line, mode, now }: { line: Line; mode?: TransferMode | undefined; now: number },
): FoundTarget | undefined {
  const target = line.transfer?.targets[to]
  if (target) {
    const { timeZone } = line
    const { hours } = target
    const isOpen = hours === undefined || toOpeningState({ timeZone, hours }, now).isOpen === true
    const { ringSeconds } = target
    return { name: to, to: target.to, mode: mode ?? target.mode, ringSeconds, isOpen }
  }
  if (!transferAddress.safeParse(to).success) return undefined
  return { to, mode: mode ?? 'cold', ringSeconds: defaultRingSeconds, isOpen: true }
}
