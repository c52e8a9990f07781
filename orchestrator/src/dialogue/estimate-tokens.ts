/** Letters of a token, roughly, in the languages of Latin script; other scripts take more tokens, not fewer. */
const charactersPerToken = 4

/** What a text comes to where the server has not counted: requests that were aborted are paid for all the same. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken)
}
