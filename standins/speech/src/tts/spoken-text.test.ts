import { describe, expect, it } from 'vitest'
import { splitSentences } from './sentences.ts'
import { toSpokenAscii } from './spoken-text.ts'

describe('toSpokenAscii', () => {
  it.each([
    ['It is €240 in total.', 'It is 240 euros in total.'],
    ['It is € 1,240.50 for you.', 'It is 1,240 euros 50 for you.'],
    ['That is 120.00 € a night', 'That is 120 euros a night'],
    ['119.50 euros', '119 euros 50'],
    ['Mr. Müller’s room – the café', "Mr. Muller's room, the cafe"],
    ['10% off & more', '10 percent off and more'],
    ['<speak>Hello</speak>', 'Hello'],
  ])('reads %j as %j', (text, spoken) => {
    expect(toSpokenAscii(text)).toBe(spoken)
  })
})

describe('splitSentences', () => {
  it('cuts behind sentences in every script it speaks, not behind abbreviations', () => {
    expect(splitSentences('Good day, Mr. Smith. How are you? Fine!')).toEqual([
      'Good day, Mr. Smith.',
      'How are you?',
      'Fine!',
    ])
    expect(splitSentences('नमस्ते। मैं सहायक हूँ।')).toEqual(['नमस्ते।', 'मैं सहायक हूँ।'])
    expect(splitSentences('It is 3.5 km.')).toEqual(['It is 3.5 km.'])
  })

  it('cuts a long sentence in parts and drops no word', () => {
    const long = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ')
    const pieces = splitSentences(long)
    expect(pieces.join(' ')).toBe(long)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(220)
  })

  it('has nothing to say of signs alone', () => {
    expect(splitSentences('… !! —')).toEqual([])
  })
})
