import { describe, expect, it } from 'vitest'
import { toEffectKey } from './effect-key.ts'

const base = { callId: 'c1', tool: 'book', identity: { room: 'double', guest: 'emma' } }

describe('toEffectKey', () => {
  it('does not depend on the order of the arguments or on absent ones', () => {
    const other = { ...base, identity: { guest: 'emma', note: undefined, room: 'double' } }
    expect(toEffectKey(other)).toBe(toEffectKey(base))
  })

  it('differs by call, tool and arguments', () => {
    const keys = [
      base,
      { ...base, callId: 'c2' },
      { ...base, tool: 'cancel' },
      { ...base, identity: { room: 'suite', guest: 'emma' } },
    ].map(toEffectKey)
    expect(new Set(keys).size).toBe(4)
  })
})
