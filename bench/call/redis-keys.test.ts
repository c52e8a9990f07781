import { expect, it } from 'vitest'
import { keptTooLong } from './redis-keys.ts'

it('finds keys that outlive the retention and leaves cached audio out', () => {
  const keys = [
    { key: 'call:1', ttlSeconds: 86_400 },
    { key: 'call:2', ttlSeconds: 86_401 },
    { key: 'call:3', ttlSeconds: -1 },
    { key: 'tts:v1:abc', ttlSeconds: 604_800 },
  ]
  expect(keptTooLong(keys, 86_400).map(({ key }) => key)).toEqual(['call:2'])
})
