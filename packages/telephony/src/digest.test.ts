import { describe, expect, it } from 'vitest'
import {
  answerChallenge,
  parseAuthorization,
  parseChallenge,
  provesPassword,
  writeChallenge,
} from './digest.ts'

const challenge = (header: string) => {
  const parsed = parseChallenge(header)
  if (!parsed) throw new Error('not a challenge')
  return parsed
}

describe('answerChallenge', () => {
  it('gives the response of RFC 2617, section 3.5, with qop', () => {
    const header =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", ' +
      'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    const answer = answerChallenge(challenge(header), {
      credentials: { username: 'Mufasa', password: 'Circle Of Life' },
      method: 'GET',
      uri: '/dir/index.html',
      cnonce: '0a4f113b',
    })
    expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"')
    expect(answer).toContain('qop=auth, nc=00000001, cnonce="0a4f113b"')
    expect(answer).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"')
  })

  it('gives the response of RFC 7616, section 3.9.1, with SHA-256', () => {
    const header =
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, ' +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
      'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    const answer = answerChallenge(challenge(header), {
      credentials: { username: 'Mufasa', password: 'Circle of Life' },
      method: 'GET',
      uri: '/dir/index.html',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    })
    const response = '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'
    expect(answer).toContain(`response="${response}"`)
  })

  it('leaves qop, count and client nonce out when none was asked for', () => {
    const answer = answerChallenge(challenge('Digest realm="LiveKit",nonce="abc",algorithm=md5'), {
      credentials: { username: 'a"b', password: 'p' },
      method: 'INVITE',
      uri: 'sip:100@127.0.0.1',
    })
    expect(answer).not.toMatch(/qop|nc=|cnonce/)
    expect(answer).toContain('username="a\\"b"')
  })
})

describe('parseChallenge', () => {
  it('reads quotes, escapes, spaces and a stale nonce', () => {
    expect(parseChallenge('digest  realm = "a, \\"b\\"" , nonce="n", stale=TRUE')).toMatchObject({
      realm: 'a, "b"',
      nonce: 'n',
      isStale: true,
      useQop: false,
    })
  })

  it.each([
    'Basic realm="x"',
    'Digest realm="x"',
    'Digest nonce="x"',
    'Digest realm="x", nonce="y", algorithm=MD5-sess',
    'Digest realm="x", nonce="y", qop="auth-int"',
    '',
  ])('does not take %j', (header) => {
    expect(parseChallenge(header)).toBeUndefined()
  })
})

describe('provesPassword', () => {
  const credentials = { username: 'caller', password: 'right' }
  const prove = (header: string, password: string) => {
    const answer = answerChallenge(challenge(header), {
      credentials: { ...credentials, password },
      method: 'INVITE',
      uri: 'sip:100@127.0.0.1',
    })
    const fields = parseAuthorization(answer)
    if (!fields) throw new Error('no digest')
    return fields
  }
  const ours = writeChallenge({ realm: 'LiveKit', nonce: 'one "nonce"' })

  it.each([
    ['as we challenge', ours],
    ['with qop', 'Digest realm="r", nonce="n", qop="auth"'],
  ])('knows the right password from a wrong one, %s', (_name, header) => {
    expect(provesPassword(prove(header, 'right'), { credentials, method: 'INVITE' })).toBe(true)
    expect(provesPassword(prove(header, 'wrong'), { credentials, method: 'INVITE' })).toBe(false)
  })

  it('holds for the method, the nonce and the name it was made for', () => {
    const proof = prove(ours, 'right')
    expect(provesPassword(proof, { credentials, method: 'BYE' })).toBe(false)
    const otherNonce = new Map([...proof, ['nonce', 'another']])
    expect(provesPassword(otherNonce, { credentials, method: 'INVITE' })).toBe(false)
    const other = { ...credentials, username: 'somebody' }
    expect(provesPassword(proof, { credentials: other, method: 'INVITE' })).toBe(false)
  })

  it('is not given by another scheme or algorithm, nor by nothing', () => {
    expect(parseAuthorization('Basic dTpw')).toBeUndefined()
    expect(provesPassword(new Map(), { credentials, method: 'INVITE' })).toBe(false)
    const sha = prove('Digest realm="r", nonce="n", algorithm=SHA-256', 'right')
    expect(provesPassword(sha, { credentials, method: 'INVITE' })).toBe(false)
  })
})
