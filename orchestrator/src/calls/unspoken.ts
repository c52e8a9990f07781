import type { TurnRecord } from '@trunkline/contracts'
import { toText } from './apply-say.ts'

/**
 * True when a reply has been played to its end and the caller has heard nothing of it, but for fillers: its sentences got
 * no voice.
 */
export function isUnspoken({ says = [], heard, interrupted }: TurnRecord): boolean {
  if (heard === undefined || interrupted || !says.some(({ kind }) => kind === 'reply')) return false
  return heard === '' || heard === toText(says.filter(({ kind }) => kind === 'filler'))
}
