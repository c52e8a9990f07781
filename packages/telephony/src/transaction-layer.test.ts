import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerTransaction } from './server-transaction.ts'
import { headerOf, parseSipMessage, type ReceivedMessage } from './sip-message.ts'
import { createTransactionLayer } from './transaction-layer.ts'

const peer = { host: '10.0.0.1', port: 5060 }
const timers = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 }

const create = () => {
  const sent: { message: ReceivedMessage; at: number }[] = []
  const requests: ServerTransaction[] = []
  const faults: string[] = []
  const statusLines: string[] = []
  const started = performance.now()
  const layer = createTransactionLayer({
    timers,
    local: { host: '10.0.0.2', port: 5070 },
    send: (bytes) => {
      const result = parseSipMessage(bytes)
      statusLines.push(Buffer.from(bytes).toString().split('\r\n')[0] ?? '')
      if (result.ok) sent.push({ message: result.message, at: performance.now() - started })
    },
    onRequest: (transaction) => requests.push(transaction),
    onFault: (fault) => faults.push(fault),
  })
  const receive = (...lines: string[]) =>
    layer.receive(Buffer.from([...lines, '', ''].join('\r\n')), peer)
  return { layer, sent, statusLines, requests, faults, receive }
}

const request = (method: string) => ({
  kind: 'request' as const,
  method,
  uri: 'sip:b@10.0.0.1',
  headers: [
    { name: 'From', value: '<sip:a@x>;tag=1' },
    { name: 'To', value: '<sip:b@x>' },
    { name: 'Call-ID', value: 'id' },
    { name: 'CSeq', value: `1 ${method}` },
  ],
  body: '',
})

const dialogue = ['From: <sip:a@x>;tag=1', 'To: <sip:b@x>;tag=2', 'Call-ID: id']
const incomingInvite = (branch = 'z9hG4bKin') => [
  'INVITE sip:me@10.0.0.2 SIP/2.0',
  `Via: SIP/2.0/UDP 10.0.0.1:5060;branch=${branch}`,
  ...['From: <sip:c@x>;tag=9', 'To: <sip:me@x>', 'Call-ID: in', 'CSeq: 7 INVITE'],
]

describe('createTransactionLayer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const start = (method: string) => {
    const context = create()
    const statuses: number[] = []
    const failures: string[] = []
    const handle = context.layer.send(request(method), peer, {
      onResponse: ({ status }) => statuses.push(status),
      onFailure: (reason) => failures.push(reason),
    })
    const via = headerOf(context.sent[0]?.message ?? { headers: [] }, 'via') ?? ''
    const respond = (status: string) =>
      context.receive(`SIP/2.0 ${status}`, `Via: ${via}`, ...dialogue, `CSeq: 1 ${method}`)
    return { ...context, statuses, failures, handle, respond }
  }

  it('repeats INVITE at doubling intervals and gives up after 64 T1', () => {
    const { sent, failures } = start('INVITE')
    vi.advanceTimersByTime(31_999)
    expect(sent.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 7500, 15500, 31500])
    expect(failures).toEqual([])
    vi.advanceTimersByTime(1)
    expect(failures).toEqual(['timeout'])
    vi.advanceTimersByTime(100_000)
    expect(sent).toHaveLength(7)
  })

  it('repeats other requests up to every T2', () => {
    const { sent } = start('BYE')
    vi.advanceTimersByTime(16_000)
    expect(sent.map(({ at }) => at)).toEqual([0, 500, 1500, 3500, 7500, 11500, 15500])
  })

  it('rings without a limit once it has rung at all', () => {
    const { sent, failures, respond } = start('INVITE')
    respond('180 Ringing')
    vi.advanceTimersByTime(600_000)
    expect(sent).toHaveLength(1)
    expect(failures).toEqual([])
  })

  it('acknowledges a refusal, and again whenever it comes again', () => {
    const { sent, statuses, respond } = start('INVITE')
    respond('486 Busy Here')
    respond('486 Busy Here')
    expect(statuses).toEqual([486])
    expect(sent.map(({ message }) => 'method' in message && message.method)).toEqual([
      'INVITE',
      'ACK',
      'ACK',
    ])
    expect(headerOf(sent[1]?.message ?? { headers: [] }, 'to')).toContain('tag=2')
    expect(sent[1]?.message.via).toEqual(sent[0]?.message.via)
  })

  it('hands every repetition of a 2xx on, since its ACK is the call’s to send', () => {
    const { statuses, respond } = start('INVITE')
    respond('200 OK')
    respond('200 OK')
    expect(statuses).toEqual([200, 200])
  })

  it('cancels on the branch of the INVITE', () => {
    const { sent, handle, respond } = start('INVITE')
    respond('100 Trying')
    handle.cancel()
    expect(sent[1]?.message).toMatchObject({ method: 'CANCEL', cseq: { number: 1 } })
    expect(sent[1]?.message.via).toEqual(sent[0]?.message.via)
  })

  it('hands a repeated request on once and answers it with what was answered', () => {
    const { requests, sent, receive } = create()
    receive(...incomingInvite())
    requests[0]?.respond(180, { toTag: 't' })
    receive(...incomingInvite())
    expect(requests).toHaveLength(1)
    expect(sent.map(({ message }) => 'status' in message && message.status)).toEqual([180, 180])
    receive(...incomingInvite('z9hG4bKother'))
    expect(requests).toHaveLength(2)
  })

  it('repeats a refusal until its ACK, and tells when none comes', () => {
    const { requests, sent, receive } = create()
    receive(...incomingInvite())
    let isUnacknowledged = false
    requests[0]?.listen({
      onNoAck: () => {
        isUnacknowledged = true
      },
    })
    requests[0]?.respond(486, { toTag: 't' })
    vi.advanceTimersByTime(1600)
    expect(sent).toHaveLength(3)
    vi.advanceTimersByTime(32_000)
    expect(isUnacknowledged).toBe(true)

    receive(...incomingInvite('z9hG4bKnext'))
    requests[1]?.respond(486, { toTag: 't' })
    const before = sent.length
    receive('ACK sip:me@x SIP/2.0', ...incomingInvite('z9hG4bKnext').slice(1, -1), 'CSeq: 7 ACK')
    vi.advanceTimersByTime(60_000)
    expect(sent).toHaveLength(before)
  })

  it('answers CANCEL for a call it knows and for one it does not', () => {
    const { requests, sent, receive } = create()
    receive(...incomingInvite())
    let isCancelled = false
    requests[0]?.listen({
      onCancel: () => {
        isCancelled = true
      },
    })
    const cancel = (branch: string) =>
      receive('CANCEL sip:me@x SIP/2.0', ...incomingInvite(branch).slice(1, -1), 'CSeq: 7 CANCEL')
    cancel('z9hG4bKin')
    cancel('z9hG4bKunknown')
    expect(isCancelled).toBe(true)
    expect(sent.map(({ message }) => 'status' in message && message.status)).toEqual([200, 481])
  })

  it('refuses extensions it was required to know, and answers malformed requests with 400', () => {
    const { requests, statusLines, faults, receive } = create()
    receive(...incomingInvite(), 'Require: 100rel, frobnicate')
    receive(...incomingInvite('z9hG4bKbad').map((line) => line.replace('CSeq: 7', 'CSeq: many')))
    expect(requests).toEqual([])
    expect(faults).toEqual(['no usable cseq'])
    expect(statusLines).toEqual([
      'SIP/2.0 420 Bad Extension',
      'SIP/2.0 400 Bad Request: no usable cseq',
    ])
  })

  it('leaves no timer behind when it is closed', () => {
    const { layer, receive, requests } = start('INVITE')
    receive(...incomingInvite())
    requests[0]?.respond(200, { toTag: 't' })
    layer.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
