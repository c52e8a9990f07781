/**
 * The conversation on the page: one line per segment, which grows while it is spoken.
 * @param {HTMLElement} list
 */
export function createTranscript(list) {
  /** @type {Map<string, { line: HTMLElement, words: Text }>} */
  const lines = new Map()

  /** @param {string} key @param {'agent' | 'caller'} speaker */
  const lineOf = (key, speaker) => {
    const known = lines.get(key)
    if (known) return known
    const line = document.createElement('li')
    const name = document.createElement('span')
    const words = document.createTextNode('')
    line.className = speaker
    name.className = 'speaker'
    name.textContent = speaker === 'agent' ? 'Agent' : 'You'
    line.append(name, words)
    const entry = { line, words }
    lines.set(key, entry)
    list.append(line)
    list.tabIndex = 0 // long conversations scroll by keyboard
    return entry
  }

  return {
    /** @param {{ key: string, speaker: 'agent' | 'caller', text: string, isFinal: boolean }} segment */
    show({ key, speaker, text, isFinal }) {
      if (text === '' && !lines.has(key)) return
      const { line, words } = lineOf(key, speaker)
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80
      words.data = text
      line.classList.toggle('interim', !isFinal)
      if (isAtEnd) list.scrollTop = list.scrollHeight
    },
    clear() {
      lines.clear()
      list.replaceChildren()
      list.removeAttribute('tabindex')
    },
  }
}
