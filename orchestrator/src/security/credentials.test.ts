import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createCredentials } from './credentials.ts'
import { keySetText } from './json-web-tokens.ts'

const secret = 'a-secret-of-more-than-32-characters'
const now = () => Date.parse('2026-11-21T12:00:00Z')
const seconds = now() / 1000
const tokens = {
  agent: ['agent-token-old', 'agent-token-new'],
  operator: ['operator-token'],
  events: [],
}
const credentials = createCredentials({ tokens, jwt: { secrets: [secret] }, now })

/** A token that is right, but for what is given. */
function sign(claims: Record<string, unknown>, key = secret): Promise<string> {
  return new SignJWT({ role: 'operator', aud: 'trunkline', exp: seconds + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(key))
}

async function keyPair(alg: 'ES256' | 'EdDSA' | 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' }
  const token = await new SignJWT({ role: 'agent', aud: 'trunkline', exp: seconds + 60 })
    .setProtectedHeader({ alg, kid: 'k1' })
    .sign(privateKey)
  return { jwk, token, privateJwk: { ...(await exportJWK(privateKey)), kid: 'k1' } }
}

describe('static tokens', () => {
  it.each([
    ['agent-token-old', 'agent'],
    ['agent-token-new', 'agent'],
    ['operator-token', 'operator'],
  ])('knows the role of %s', async (token, role) => {
    expect(await credentials.identify(token)).toMatchObject({ role })
  })

  it('tells the two values of a token apart, and shows neither', async () => {
    const [first, second] = await Promise.all(tokens.agent.map(credentials.identify))
    expect(first?.name).not.toBe(second?.name)
    for (const token of tokens.agent) {
      expect(`${first?.name} ${second?.name}`).not.toContain(token)
    }
  })

  it.each(['', 'operator-toke', 'operator-token ', 'a.b.c', 'agent-token-old,agent-token-new'])(
    'does not know %j',
    async (token) => {
      expect(await credentials.identify(token)).toBeUndefined()
    },
  )
})

describe('JWTs', () => {
  it('take the role from the token and the name from its subject', async () => {
    const principal = await credentials.identify(await sign({ sub: 'ada@example.com' }))
    expect(principal).toEqual({ role: 'operator', name: 'ada@example.com' })
  })

  it.each([
    ['has expired', { exp: seconds - 10 }],
    ['never expires', { exp: undefined }],
    ['is not valid yet', { nbf: seconds + 60 }],
    ['is for somebody else', { aud: 'elsewhere' }],
    ['is for nobody', { aud: undefined }],
    ['has no role', { role: undefined }],
    ['has a role nobody knows', { role: 'admin' }],
  ])('are refused when the token %s', async (_why, claims) => {
    expect(await credentials.identify(await sign(claims))).toBeUndefined()
  })

  it('are refused when another secret signed them, or nothing did', async () => {
    const other = await sign({}, 'another-secret-of-32-characters-or-more')
    expect(await credentials.identify(other)).toBeUndefined()
    const [, payload] = (await sign({})).split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    expect(await credentials.identify(none)).toBeUndefined()
  })

  it('are taken from both secrets while the secret is changed', async () => {
    const jwt = { secrets: ['the-new-secret-of-32-characters-long', secret] }
    const both = createCredentials({ tokens, jwt, now })
    expect(await both.identify(await sign({}))).toMatchObject({ role: 'operator' })
  })

  it.each(['ES256', 'EdDSA'] as const)('are verified by a public key for %s', async (alg) => {
    const { jwk, token } = await keyPair(alg)
    const keySet = keySetText.parse(JSON.stringify({ keys: [jwk] }))
    const withKeys = createCredentials({ tokens, jwt: { secrets: [], keySet }, now })
    expect(await withKeys.identify(token)).toMatchObject({ role: 'agent' })
    const other = await keyPair(alg)
    expect(await withKeys.identify(other.token)).toBeUndefined()
    const hmac = await sign({ role: 'agent' }, JSON.stringify(jwk))
    expect(await withKeys.identify(hmac)).toBeUndefined()
    expect(await credentials.identify(token)).toBeUndefined()
  })
})

describe('the key set', () => {
  it('refuses private keys, other kinds of keys and what is no key set, and repeats nothing', async () => {
    const { privateJwk } = await keyPair('ES256')
    const rsa = await keyPair('RS256')
    const faulty = ['{', '{}', '{"keys":[]}', { keys: [privateJwk] }, { keys: [rsa.jwk] }]
    for (const set of faulty) {
      const read = keySetText.safeParse(typeof set === 'string' ? set : JSON.stringify(set))
      expect(read.success).toBe(false)
      expect(JSON.stringify(read.error?.issues)).not.toContain(privateJwk.d)
    }
  })
})
