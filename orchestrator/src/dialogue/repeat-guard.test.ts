import { describe, expect, it } from 'vitest'
import { createRepeatGuard } from './repeat-guard.ts'

const spoken = ['Yes, we have a double room.', 'It is 129 euros a night.']
const through = (pieces: readonly string[]) => {
  const guard = createRepeatGuard(spoken)
  return [...pieces.map((piece) => guard.push(piece)), guard.flush()].join('')
}

describe('createRepeatGuard', () => {
  it('lets a true continuation through', () => {
    expect(through(['Shall ', 'I book it?'])).toBe('Shall I book it?')
  })

  it('takes out everything that was said, however it is cut and marked up', () => {
    const again = [
      '**Yes**, we ',
      'have a double room',
      '. It is 129 euros ',
      'a night.',
      ' Shall I?',
    ]
    expect(through(again)).toBe('Shall I?')
  })

  it('takes out the last sentence alone', () => {
    expect(through(['It is 129 euros a night. ', 'Shall I?'])).toBe('Shall I?')
  })

  it('gives back what only began like a repetition', () => {
    expect(through(['It is ', 'with breakfast.'])).toBe('It is with breakfast.')
    expect(through(['Yes, we have'])).toBe('Yes, we have')
  })

  it('says nothing when there is nothing but the repetition', () => {
    expect(through([spoken.join(' ')])).toBe('')
  })
})
