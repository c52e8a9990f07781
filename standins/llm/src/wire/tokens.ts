// About the size of a model's tokens: a short word with its blank, a few digits, a mark.
const token = /\s?[\p{L}\p{M}']{1,8}|\s?\p{N}{1,3}|\s?[^\s\p{L}\p{N}]|\s+/gu

/** Cuts text into pieces which joined give the text again. */
export function toTokens(text: string): string[] {
  return text.match(token) ?? []
}

export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

export function toUsage(promptTokens: number, completionTokens: number): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}
