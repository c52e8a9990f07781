import { describe, expect, it } from 'vitest'
import { needs, requiredParts } from './needs.ts'

const noSip = (part: string) => (part === 'sip' ? 'no livekit-sip on PATH' : undefined)

describe('needs', () => {
  it('skips with part and reason when one of the parts is missing', () => {
    expect(needs(['redis', 'sip'], { required: [], findMissing: noSip })).toEqual({
      skip: true,
      meta: { missingPart: { part: 'sip', reason: 'no livekit-sip on PATH' } },
    })
  })

  it('changes nothing when every part is there', () => {
    expect(needs(['redis'], { required: ['redis'], findMissing: noSip })).toEqual({})
  })

  it('fails when the missing part is one that must be there', () => {
    expect(() => needs(['sip'], { required: ['sip'], findMissing: noSip })).toThrow(
      'sip must be there (TRUNKLINE_REQUIRE) and is missing: no livekit-sip on PATH',
    )
  })
})

describe('requiredParts', () => {
  it('refuses a name that is no part', () => {
    expect(requiredParts('sip,postgres')).toEqual(['sip', 'postgres'])
    expect(() => requiredParts('sip,postgress')).toThrow('postgress')
  })
})
