import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { AccessToken } from 'livekit-server-sdk'

export interface SignedEvent {
  readonly id: string
  /** A whole HTTP request. */
  readonly request: Buffer
}

/** One of livekit-server's events about a telephone that joined a room, signed with its own SDK. */
export async function signEvent(keys: { apiKey: string; apiSecret: string }): Promise<SignedEvent> {
  const id = `EV_${randomUUID()}`
  const seconds = String(Math.floor(Date.now() / 1000))
  const body = JSON.stringify({
    ...{ event: 'participant_joined', id, createdAt: seconds },
    room: {
      ...{ sid: `RM_${id}`, name: 'call_100_bench', emptyTimeout: 300, departureTimeout: 20 },
      ...{ creationTime: seconds, enabledCodecs: [{ mime: 'audio/opus' }, { mime: 'audio/red' }] },
    },
    participant: {
      ...{ sid: `PA_${id}`, identity: 'agent-bench', state: 'ACTIVE', joinedAt: seconds },
      ...{ version: 3, kind: 'AGENT', permission: { canSubscribe: true, canPublish: true } },
    },
  })
  const token = new AccessToken(keys.apiKey, keys.apiSecret, { ttl: 300 })
  token.sha256 = createHash('sha256').update(body).digest('base64')
  const head = [
    'POST /v1/livekit/webhook HTTP/1.1',
    'host: bench',
    'user-agent: LiveKit',
    'content-type: application/webhook+json',
    `authorization: ${await token.toJwt()}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return { id, request: Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`) }
}

/** Requests under way on one connection; livekit-server's queues are one for each room, so many come at once. */
const window = 16
const statusLine = /HTTP\/1\.1 (\d{3})/g

/** Sends requests over one connection. Resolves with how many answers there were of each status. */
export async function sendAll(
  port: number,
  events: readonly SignedEvent[],
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let sent = 0
  let answered = 0
  let rest = ''
  const sendMore = () => {
    const until = Math.min(events.length, answered + window)
    const requests = events.slice(sent, until).map(({ request }) => request)
    sent = until
    if (requests.length > 0) socket.write(Buffer.concat(requests))
  }
  const finished = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk) => {
      const text = rest + chunk.toString('latin1')
      let end = 0
      for (const match of text.matchAll(statusLine)) {
        const status = Number(match[1])
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        answered += 1
        end = match.index + match[0].length
      }
      // A status line may come in two pieces; no longer piece than itself is kept.
      rest = text.slice(Math.max(end, text.length - 'HTTP/1.1 200'.length))
      if (answered === events.length) resolve()
      else sendMore()
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the orchestrator closed a connection')))
  })
  sendMore()
  await finished
  socket.removeAllListeners('close')
  socket.destroy()
  return statuses
}
