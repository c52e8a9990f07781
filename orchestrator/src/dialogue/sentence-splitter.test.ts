import { describe, expect, it } from 'vitest'
import { createSentenceSplitter } from './sentence-splitter.ts'

/** The pieces of a text that comes in chunks of `size` characters. */
function split(text: string, { language = 'en', size = 3 } = {}): string[] {
  const splitter = createSentenceSplitter({ language })
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += size) {
    pieces.push(...splitter.push(text.slice(at, at + size)))
  }
  return [...pieces, ...splitter.flush()]
}

/** Texts after a first piece, where only whole sentences are cut. */
function splitLater(text: string, options = {}): string[] {
  return split(`Yes. ${text}`, options).slice(1)
}

describe('createSentenceSplitter', () => {
  it('cuts the same wherever the chunks are cut', () => {
    const text = 'Certainly, we do. Dr. Miller pays 3.50 at 10 p.m. today! Is that OK? "Yes." Good'
    const whole = split(text, { size: 1000 })
    for (let size = 1; size < 20; size += 1) expect(split(text, { size })).toEqual(whole)
  })

  it('lets the first piece go at a comma or dash after four words, later ones not', () => {
    expect(
      split('Yes, we have a double room, with a view. In summer, when it is warm, it is full.'),
    ).toEqual([
      'Yes, we have a double room,',
      'with a view.',
      'In summer, when it is warm, it is full.',
    ])
    expect(split('We still have one room – a suite.')).toEqual([
      'We still have one room –',
      'a suite.',
    ])
    expect(split('Well, yes, it is.')).toEqual(['Well, yes, it is.'])
    expect(split('We have 1,000 check-in desks for you.')).toEqual([
      'We have 1,000 check-in desks for you.',
    ])
  })

  it('gives a piece as soon as it is complete, not when the next one is', () => {
    const splitter = createSentenceSplitter({ language: 'en' })
    expect(splitter.push('We are full')).toEqual([])
    expect(splitter.push('. ')).toEqual(['We are full.'])
    expect(splitter.push('Sorry! ')).toEqual(['Sorry!'])
    expect(splitter.push('Anything else?')).toEqual([])
    expect(splitter.flush()).toEqual(['Anything else?'])
    expect(splitter.flush()).toEqual([])
  })

  const whole: readonly [string, string][] = [
    ['en', 'It costs 3.5 euros.'],
    ['en', 'Dr. Smith and Mrs. Jones are here.'],
    ['en', 'We close at 10 p.m. on Sundays.'],
    ['en', 'See www.example.com/rooms.html or mail info@example.com for more.'],
    ['en', 'Your host is J. R. Miller.'],
    ['en', 'It is room No. 5 on the left.'],
    ['en', 'Fruits, e.g. apples, are free.'],
    ['de', 'Am 3. Dezember ist das Zimmer frei.'],
    ['de', 'Das Zimmer liegt im 2. Stock.'],
    ['de', 'Vom 3. bis zum 5. Dezember haben wir, z. B. Mittwoch, etwas frei.'],
    ['de', 'Herr Dr. Meier zahlt ca. 80 Euro inkl. Frühstück.'],
    ['fr', 'M. Dupont et Mme. Petit arrivent à 15 h. demain.'],
    ['es', 'El Sr. García y la Sra. López llegan mañana.'],
    ['it', 'Il Sig. Rossi arriva domani.'],
  ]
  for (const [language, text] of whole) {
    it(`keeps together: ${text}`, () => expect(splitLater(text, { language })).toEqual([text]))
  }

  const parts: readonly [string, readonly string[]][] = [
    ['en', ['It costs 89.', 'Would you like it?']],
    ['en', ['Breakfast ends at 10 a.m.', 'The pool is open.']],
    ['en', ['No.', 'We do not.']],
    ['en', ['Really?!', 'Yes...', 'Fine.']],
    ['en', ['She said "no."', 'Then she left.']],
    ['de', ['Das kostet 89.', 'Möchten Sie buchen?']],
    ['de', ['Das kostet 129.', 'Passt das?']],
    ['fr', ['Oui, bien sûr !', 'Quand arrivez-vous ?']],
    ['es', ['¿Cuándo llega?', '¡Muy bien!']],
    ['it', ['Certo.', 'Quando arriva?']],
    ['hi', ['कमरा खाली है।', 'आप कब आएँगे?']],
  ]
  for (const [language, sentences] of parts) {
    it(`cuts: ${sentences.join(' | ')}`, () =>
      expect(splitLater(sentences.join(' '), { language })).toEqual(sentences))
  }

  it('takes lines as sentences', () => {
    expect(splitLater('We have\n- single rooms\n- suites\n\nWhich one?')).toEqual([
      'We have',
      '- single rooms',
      '- suites',
      'Which one?',
    ])
  })

  it('cuts text without an end before it grows too long for a voice', () => {
    const words = 'word '.repeat(200).trim()
    const pieces = splitLater(words)
    expect(pieces.every((piece) => piece.length <= 300)).toBe(true)
    expect(pieces.join(' ')).toBe(words)
  })
})
