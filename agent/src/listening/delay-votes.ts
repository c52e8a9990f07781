/** Finds a delay that stays the same among guesses that are often wrong. */
export interface DelayVotes {
  vote(delayMs: number, weight: number): void
  /** A guess that cannot be by chance: it is elected, and what was voted before is forgotten. */
  decide(delayMs: number, weight: number): void
  /** Undefined while no delay has enough of the votes. */
  readonly elected: number | undefined
}

/** Votes that count; older ones are forgotten. */
const remembered = 24
/** So many must agree: by chance two do, three hardly. */
const enough = 3
const majority = 0.5
const toleranceMs = 2

export function createDelayVotes({ stepMs }: { stepMs: number }): DelayVotes {
  let votes: { readonly delayMs: number; readonly weight: number }[] = []
  let elected: number | undefined
  const toVote = (delayMs: number, weight: number) => ({
    delayMs: Math.round(delayMs / stepMs) * stepMs,
    weight,
  })

  const countFor = (delayMs: number) => {
    const near = votes.filter((vote) => Math.abs(vote.delayMs - delayMs) <= toleranceMs)
    return { voters: near.length, weight: near.reduce((sum, { weight }) => sum + weight, 0) }
  }
  return {
    get elected() {
      return elected
    },
    vote(delayMs, weight) {
      votes = [...votes, toVote(delayMs, weight)].slice(-remembered)
      const total = votes.reduce((sum, vote) => sum + vote.weight, 0)
      const candidates = votes.map((vote) => ({ ...vote, ...countFor(vote.delayMs) }))
      const best = candidates.reduce((one, other) => (other.weight > one.weight ? other : one))
      const isElected = best.voters >= enough && best.weight >= majority * total
      // Double talk scatters the votes for a while; the line is still the same.
      if (isElected) elected = best.delayMs
      else if (elected !== undefined && countFor(elected).voters === 0) elected = undefined
    },
    decide(delayMs, weight) {
      const decided = toVote(delayMs, weight)
      votes = [decided]
      elected = decided.delayMs
    },
  }
}
