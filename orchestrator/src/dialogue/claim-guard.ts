import type { Claim } from '../claims/claim.ts'
import { isCorrection, toCorrection } from '../claims/corrections.ts'
import type { JudgeClaims } from '../claims/judge-claims.ts'
import type { DialogueTurn, HistoryItem } from './dialogue.ts'
import { endCallName } from './end-call.ts'
import type { Tool } from './tool.ts'

/**
 * Keeps one reply from saying that something was done which was not (design section 6). A claim without its effect is
 * held back, and so is the rest of that model call: the number and the price that follow belong to it.
 */
export interface ClaimGuard {
  /** A model call begins. */
  begin(): void
  /** Whether this sentence, or clause of one, may be said. To be asked for each, in order. */
  admits(sentence: string): boolean
  /** A tool has come to its end. */
  note(tool: { readonly name: string; readonly ok: boolean }): void
  /**
   * The model call is over and calls these tools. Gives what is to be said in place of what was held back, once in a
   * reply: not while a tool is still to run, for the model will then tell what came of it.
   */
  correct(calls: readonly string[]): string | undefined
  /** In this model call. */
  readonly hasWithheld: boolean
  /** The caller has been asked how to go on: the reply ends with that, and the call does not. */
  readonly isCorrected: boolean
}

export interface ClaimGuardOptions {
  readonly tools: readonly Pick<Tool, 'name' | 'proves'>[]
  readonly judgeClaims: JudgeClaims
  readonly onWithheld: (claim: Claim) => void
}

export function createClaimGuard(
  { language, history, progress = [] }: Pick<DialogueTurn, 'language' | 'history' | 'progress'>,
  { tools, judgeClaims, onWithheld }: ClaimGuardOptions,
): ClaimGuard {
  const proven = new Set<Claim>()
  /** The sentence as far as it has been said, while its end is still to come. */
  let begun = toOpenEnd(progress.at(-1))
  let withheld: Claim | undefined
  /** Held back in an earlier model call, and not done since. */
  let owed: Claim | undefined
  let isCorrected = progress.some((item) => item.kind === 'agent' && isCorrection(item.text))

  const note: ClaimGuard['note'] = ({ name, ok }) => {
    if (!ok) return
    for (const claim of tools.find((tool) => tool.name === name)?.proves ?? []) proven.add(claim)
    if (owed !== undefined && proven.has(owed)) owed = undefined
  }
  for (const item of [...history, ...progress]) if (isTool(item)) note(item)

  return {
    begin() {
      owed = withheld ?? owed
      withheld = undefined
      if (owed !== undefined && proven.has(owed)) owed = undefined
    },
    admits(sentence) {
      if (withheld !== undefined) return false
      const whole = `${begun} ${sentence}`.trim()
      const verdict = judgeClaims(whole, { language, proven })
      if (verdict.kind === 'spoken') {
        begun = isEnd(sentence) ? '' : whole
        return true
      }
      withheld = verdict.claim
      onWithheld(withheld)
      return false
    },
    note,
    correct(calls) {
      begun = ''
      if (isCorrected || calls.some((name) => name !== endCallName)) return undefined
      const claim = withheld ?? (calls.length > 0 ? owed : undefined)
      if (claim === undefined) return undefined
      isCorrected = true
      return toCorrection(claim, language)
    },
    get hasWithheld() {
      return withheld !== undefined
    },
    get isCorrected() {
      return isCorrected
    },
  }
}

function isTool(item: HistoryItem): item is Extract<HistoryItem, { kind: 'tool' }> {
  return item.kind === 'tool'
}

function toOpenEnd(item: HistoryItem | undefined): string {
  return item?.kind === 'agent' && !isEnd(item.text) ? item.text : ''
}

function isEnd(sentence: string): boolean {
  return /[.!?…।॥。！？]["'”’»)\]]*$/.test(sentence)
}
