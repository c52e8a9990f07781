import { isSameText } from '../../agent/src/turn-taking/said.ts'
import { type Summary, summarize } from '../report/statistics.ts'
import type { TimedCommand } from './replay.ts'

/** What became of turns that were sent before they were certainly over. */
export interface Speculations {
  readonly begun: number
  readonly confirmed: number
  /** The caller went on. */
  readonly dropped: number
  /** Another text was sent instead, speculatively or for good. */
  readonly superseded: number
  /** From a confirmed one to its decision: the time that the model had before. */
  readonly gainedMs: Summary | undefined
}

export function countSpeculations(turns: readonly (readonly TimedCommand[])[]): Speculations {
  let [begun, dropped, superseded] = [0, 0, 0]
  const gainedMs: number[] = []
  for (const commands of turns) {
    let open: { readonly text: string; readonly at: number } | undefined
    for (const command of commands) {
      if (command.type === 'speculate') {
        begun += 1
        if (open) superseded += 1
        open = command
      } else if (command.type === 'drop') {
        if (open) dropped += 1
        open = undefined
      } else if (command.type === 'commit' && open) {
        if (isSameText(open.text, command.text)) gainedMs.push(command.at - open.at)
        else superseded += 1
        open = undefined
      }
    }
  }
  return { begun, confirmed: gainedMs.length, dropped, superseded, gainedMs: summarize(gainedMs) }
}
