import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeCertificates, needs, startLiveKitServer, startTlsFront } from '@trunkline/testkit'
import { AccessToken } from 'livekit-server-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'

const run = promisify(execFile)

describe('a room over wss with an authority of our own', needs(['redis', 'livekit-server']), () => {
  it('is joined with SSL_CERT_FILE, which rtc-node reads, and not with NODE_EXTRA_CA_CERTS', async () => {
    const certificates = makeCertificates()
    onTestFinished(() => certificates.remove())
    const apiSecret = randomBytes(24).toString('hex')
    const livekit = await startLiveKitServer({ apiKey: 'trunkline', apiSecret })
    onTestFinished(() => livekit.close())
    const front = await startTlsFront(Number(new URL(livekit.url).port), certificates)
    onTestFinished(() => front.close())
    const token = new AccessToken('trunkline', apiSecret, { identity: 'agent' })
    token.addGrant({ room: 'a-room', roomJoin: true })
    const jwt = await token.toJwt()
    const tryToJoin = async (env: Record<string, string>) => {
      const script = join(import.meta.dirname, 'join-over-tls.ts')
      const args = [script, `wss://localhost:${front.port}`, jwt]
      const options = { env: { ...process.env, NODE_ENV: 'production', ...env } }
      return await run(process.execPath, args, options).then(
        ({ stdout }) => stdout,
        (error: unknown) => String(error),
      )
    }
    expect(await tryToJoin({ SSL_CERT_FILE: certificates.ca })).toContain('joined')
    for (const env of [
      { SSL_CERT_FILE: certificates.otherCa },
      { NODE_EXTRA_CA_CERTS: certificates.ca },
    ]) {
      expect(await tryToJoin(env)).toContain('UnknownIssuer')
    }
  })
})
