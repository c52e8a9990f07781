/** What a model may write that is not for ears, with where it ends; without `close` it goes to the end. */
const hidden: readonly { open: string; close?: string; kind: 'thought' | 'tool' }[] = [
  { open: '<think>', close: '</think>', kind: 'thought' },
  { open: '<thinking>', close: '</thinking>', kind: 'thought' },
  { open: '<tool_call>', close: '</tool_call>', kind: 'tool' },
  { open: '<toolcall>', close: '</toolcall>', kind: 'tool' },
  { open: '<function=', close: '</function>', kind: 'tool' },
  { open: '<|python_tag|>', kind: 'tool' },
  { open: '[tool_calls]', kind: 'tool' },
  { open: '```', close: '```', kind: 'tool' },
]
/** Closings that come without their opening, and the special tokens of chat templates. */
const strayMark = /<\/(?:think|thinking|tool_call|toolcall|function)>|<\|[a-z0-9_]{1,40}\|>/gi
const longestMark = 44

export interface HiddenTextFilter {
  /** The part of the text so far that is surely for ears and was not returned before. */
  push(text: string): string
  flush(): string
  /** What was hidden and looks like tool calls, for `readLeakedCalls`. */
  leaked(): readonly string[]
}

/**
 * Takes thoughts and leaked tool markup out of streamed text, also when a mark is split between pieces
 * (vLLM leaks both when its parsers lose track). A reply that begins with a brace or bracket is a tool call
 * written out: speech never begins so.
 */
export function createHiddenTextFilter(): HiddenTextFilter {
  let buffer = ''
  let inside: { close?: string; kind: 'thought' | 'tool' } | undefined
  let hasShown = false
  const leaked: string[] = []
  let captured = ''

  const leave = () => {
    if (inside?.kind === 'tool' && captured.trim() !== '') leaked.push(captured)
    captured = ''
    inside = undefined
  }

  const consumeHidden = (close: string | undefined): boolean => {
    const end = close === undefined ? -1 : buffer.toLowerCase().indexOf(close)
    if (end < 0 || close === undefined) {
      // The closing mark may be split: keep as much as could be its beginning.
      const keep = close === undefined ? 0 : close.length - 1
      const cut = Math.max(0, buffer.length - keep)
      captured += buffer.slice(0, cut)
      buffer = buffer.slice(cut)
      return false
    }
    captured += buffer.slice(0, end)
    buffer = buffer.slice(end + close.length)
    leave()
    return true
  }

  const consumeShown = (isLast: boolean): { text: string; isDone: boolean } => {
    const first = buffer.trimStart()
    if (!hasShown && !isLast && /^\[?\s*$/.test(first)) return { text: '', isDone: true }
    if (!hasShown && /^(?:\{|\[\s*\{)/.test(first)) {
      inside = { kind: 'tool' }
      return { text: '', isDone: false }
    }
    const found = findOpening(buffer)
    if (found) {
      const text = buffer.slice(0, found.at)
      // `<function=` carries the name, so it stays with what was captured.
      captured = found.mark.open === '<function=' ? found.mark.open : ''
      buffer = buffer.slice(found.at + found.mark.open.length)
      inside = found.mark
      return { text, isDone: false }
    }
    const cut = isLast ? buffer.length : safeLength(buffer)
    const text = buffer.slice(0, cut)
    buffer = buffer.slice(cut)
    return { text, isDone: true }
  }

  const consume = (isLast: boolean): string => {
    let shown = ''
    for (;;) {
      if (inside) {
        if (!consumeHidden(inside.close)) break
      } else {
        const { text, isDone } = consumeShown(isLast)
        shown += text
        if (text.trim() !== '') hasShown = true
        if (isDone) break
      }
    }
    return shown.replaceAll(strayMark, '')
  }

  return {
    push(text) {
      buffer += text
      return consume(false)
    },
    flush() {
      const shown = consume(true)
      if (inside) {
        captured += buffer
        buffer = ''
        leave()
      }
      return shown
    },
    leaked: () => leaked,
  }
}

function findOpening(text: string) {
  const lower = text.toLowerCase()
  let best: { at: number; mark: (typeof hidden)[number] } | undefined
  for (const mark of hidden) {
    const at = lower.indexOf(mark.open)
    if (at >= 0 && (!best || at < best.at)) best = { at, mark }
  }
  return best
}

/** How much of the text can be shown now: nothing from a character on that may begin a mark. */
function safeLength(text: string): number {
  const lower = text.toLowerCase()
  for (let at = Math.max(0, text.length - longestMark); at < text.length; at += 1) {
    const rest = lower.slice(at)
    const mayOpen = hidden.some(({ open }) => open.startsWith(rest))
    const mayBeStray = /^<(?:\/[a-z_]*|\|[a-z0-9_]*\|?)?$/.test(rest)
    if (mayOpen || mayBeStray) return at
  }
  return text.length
}
