import { describe, expect, it } from 'vitest'
import { dropLoops } from './loops.ts'

describe('dropLoops', () => {
  it.each([
    'No, no, no, no.',
    'The number is five five five five five.',
    'From the third to the fifth, from the third to the fifth.',
    '',
  ])('leaves speech as it is: %j', (text) => {
    expect(dropLoops(text)).toBe(text)
  })

  it('cuts off where a sentence begins to go round', () => {
    const said =
      'I would like a double room for two nights with breakfast and a view of the harbour'
    expect(dropLoops(`${said} and the and the and the and the`)).toBe(`${said} and the`)
  })

  it('takes a transcript that does nothing else for nothing', () => {
    expect(dropLoops('you you you you you you you you')).toBe('')
    expect(dropLoops('Thank you so, thank you so, thank you so, thank you so.')).toBe('')
  })
})
