export interface RepeatGuard {
  /** What of the model's text is new; held back while it may still be a repetition. */
  push(text: string): string
  flush(): string
}

/**
 * Takes out what the caller has heard already when a model that should go on after it begins with it again: the
 * whole of it, or its last sentences. Compared by letters and digits alone, as spoken text has lost its markdown.
 */
export function createRepeatGuard(spoken: readonly string[]): RepeatGuard {
  // Longest first: a repetition of everything is not taken for one of its last sentence.
  const targets = spoken.map((_text, index) => spoken.slice(index).map(toKey).join(''))
  let candidates = targets.filter((target) => target !== '')
  let held = ''
  let isOpen = candidates.length === 0

  const pass = (text: string) => {
    isOpen = true
    held = ''
    return text
  }
  return {
    push(text) {
      if (isOpen) return text
      held += text
      const key = toKey(held)
      candidates = candidates.filter((target) => target.startsWith(key) || key.startsWith(target))
      if (candidates.length === 0) return pass(held)
      const [longest] = candidates
      if (longest === undefined || key.length <= longest.length) return ''
      return pass(withoutKey(held, longest.length))
    },
    flush() {
      if (isOpen) return ''
      const repeated = candidates.find((target) => toKey(held).startsWith(target))
      return pass(repeated === undefined ? held : withoutKey(held, repeated.length))
    },
  }
}

function toKey(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

/** The text behind its first `length` letters and digits, and behind the mark that ends them. */
function withoutKey(text: string, length: number): string {
  let seen = 0
  let end = 0
  for (const character of text) {
    if (seen === length && !/[^\p{L}\p{N}]/u.test(character)) break
    seen += toKey(character).length
    end += character.length
  }
  return text.slice(end)
}
