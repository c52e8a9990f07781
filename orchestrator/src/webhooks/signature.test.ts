import { describe, expect, it } from 'vitest'
import { readSecrets, toSignedHeaders } from './signature.ts'

const of = (bytes: number, fill = 1) => `whsec_${Buffer.alloc(bytes, fill).toString('base64')}`

describe('readSecrets', () => {
  it.each([
    { name: 'one secret', value: of(32), keys: 1 },
    {
      name: 'two while it is changed, and a line end',
      value: `${of(24)}\n${of(64, 2)}\n`,
      keys: 2,
    },
    { name: 'three', value: `${of(32)} ${of(32, 2)} ${of(32, 3)}`, keys: undefined },
    { name: 'nothing', value: ' ', keys: undefined },
    { name: 'too short a key', value: of(23), keys: undefined },
    { name: 'too long a key', value: of(65), keys: undefined },
    { name: 'no prefix', value: Buffer.alloc(32).toString('base64'), keys: undefined },
    { name: 'no base64', value: `whsec_${'*'.repeat(40)}`, keys: undefined },
    { name: 'a sound one and another', value: `${of(32)} secret`, keys: undefined },
  ])('takes $name as $keys keys', ({ value, keys }) => {
    expect(readSecrets(value)?.length).toBe(keys)
  })
})

describe('toSignedHeaders', () => {
  it('signs id, time and body as the convention’s example does', () => {
    // From the specification's own libraries (standardwebhooks.com).
    const keys = readSecrets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
    const parts = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1614265330 }
    expect(toSignedHeaders({ ...parts, body: '{"test": 2432232314}' }, keys ?? [])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })
})
