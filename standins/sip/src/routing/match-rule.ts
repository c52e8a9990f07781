import type { SIPDispatchRuleInfo } from 'livekit-server-sdk'
import type { Calling } from './match-trunk.ts'

/** livekit's order among rules that are equally specific. */
const kinds = ['dispatchRuleDirect', 'dispatchRuleIndividual', 'dispatchRuleCallee'] as const
type Kind = (typeof kinds)[number]

/**
 * The dispatch rule for a call: one for its trunk before one for all, one with lists of numbers before one without.
 * Numbers are compared letter by letter. Rules with a PIN are passed over: nobody could enter it here.
 */
export function matchRule(
  rules: readonly SIPDispatchRuleInfo[],
  { trunkId, calling }: { trunkId: string; calling: Calling },
): SIPDispatchRuleInfo | undefined {
  const holds = (list: readonly string[], one: string) => list.length === 0 || list.includes(one)
  const fitting = rules.filter(
    (rule) =>
      kindOf(rule) !== undefined &&
      pinOf(rule) === '' &&
      holds(rule.trunkIds, trunkId) &&
      holds(rule.inboundNumbers, calling.caller) &&
      holds(rule.numbers, calling.called),
  )
  return fitting.toSorted((one, other) => compare(rankOf(one), rankOf(other)))[0]
}

/** Smaller goes first. */
function rankOf(rule: SIPDispatchRuleInfo): readonly number[] {
  const kind = kindOf(rule)
  return [
    rule.trunkIds.length > 0 ? 0 : 1,
    rule.inboundNumbers.length + rule.numbers.length > 0 ? 0 : 1,
    kind === undefined ? kinds.length : kinds.indexOf(kind),
  ]
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differs = one.findIndex((rank, index) => rank !== other[index])
  return (one[differs] ?? 0) - (other[differs] ?? 0)
}

function kindOf({ rule }: SIPDispatchRuleInfo): Kind | undefined {
  return kinds.find((kind) => kind === rule?.rule.case)
}

function pinOf({ rule }: SIPDispatchRuleInfo): string {
  return rule?.rule.value?.pin ?? ''
}
