import { describe, expect, it } from 'vitest'
import { withoutPersonalData } from '../src/library-log.ts'

describe('withoutPersonalData', () => {
  it('hides what agents-js marks as personal and nothing else', () => {
    expect(withoutPersonalData({ 'lk.pii.user_input': 'my name is', speech_id: 's1' })).toEqual({
      'lk.pii.user_input': '[pii]',
      speech_id: 's1',
    })
  })
})
