import {
  actionAnswer,
  callAnswer,
  callEventInput,
  callList,
  callQuery,
  deliveryList,
  deliveryQuery,
  dueQuery,
  dueRecordings,
  goneRecordings,
  intakeReceipt,
  operatorAction,
  outboundAnswer,
  outboundCall,
  spokenLines,
  tokenRequest,
  tokenResponse,
  transcriptionInput,
} from '@trunkline/contracts'
import type { Endpoint } from './endpoint.ts'
import { erasureRequest } from './erasures-route.ts'

const idempotencyHeader = {
  'Idempotency-Key':
    'optional: a repeat within a day is given the first answer; 409 while that is under way or was lost, 422 with another body',
}

const calls: readonly Endpoint[] = [
  {
    ...{ method: 'GET', path: '/v1/calls', role: 'operator' },
    summary: 'Calls, newest first, by filter and page by page.',
    query: callQuery,
    answers: { 200: 'a page; go on with `nextCursor` as `cursor`' },
    answer: callList,
    example: { path: '/v1/calls?state=active&limit=2', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/calls', role: 'operator' },
    summary:
      'Dials out over the outbound trunk SIP_OUTBOUND_TRUNK_ID. How it comes out is the end reason of the call.',
    headers: idempotencyHeader,
    body: outboundCall,
    answers: { 202: 'dialling has begun', 501: 'no outbound trunk is configured' },
    answer: outboundAnswer,
    example: {
      path: '/v1/calls',
      headers: { 'idempotency-key': 'reminder-2026-11-21-17' },
      body: { line: 'harbour-hotel', to: '+4940123456', onMachine: 'hang-up' },
      status: 501,
    },
  },
  {
    ...{ method: 'GET', path: '/v1/calls/:id', role: 'operator' },
    summary:
      'One call: its state, and its turns with tools and waterfalls; effects, use and costs, consents and recordings while the database is there.',
    answers: { 200: 'the call' },
    answer: callAnswer,
    example: { path: '/v1/calls/{id}', status: 200 },
  },
  {
    ...{ method: 'GET', path: '/v1/calls/:id/events', role: 'operator' },
    summary:
      'The call’s events as server-sent events, from the first one until `call-ended`; a comment every ten seconds says that the connection lives.',
    headers: { 'Last-Event-ID': 'optional: goes on after this event' },
    answers: { 200: '`text/event-stream`: `id`, `event` (the type) and `data` (JSON)' },
    example: { path: '/v1/calls/{id}/events', headers: { 'last-event-id': '0-0' }, status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/calls/:id/actions', role: 'operator' },
    summary:
      'Does something to a call, whichever replica holds it. Each action has a row in the audit before it happens.',
    headers: idempotencyHeader,
    body: operatorAction,
    answers: {
      200: 'the agent has done it',
      202: 'it is under way: the call’s events tell the rest',
      501: '`not-supported`: agents cannot do this yet',
      502: '`agent-failed`',
    },
    answer: actionAnswer,
    example: {
      path: '/v1/calls/{id}/actions',
      body: { action: 'say', text: 'A colleague will be with you in a moment.' },
      status: 202,
    },
  },
]

const webhooks: readonly Endpoint[] = [
  {
    ...{ method: 'GET', path: '/v1/webhooks/deliveries', role: 'operator' },
    summary:
      'What the owners of lines were sent, newest first; `state=dead` for what was given up.',
    query: deliveryQuery,
    answers: { 200: 'a page' },
    answer: deliveryList,
    example: { path: '/v1/webhooks/deliveries?state=dead', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/webhooks/deliveries/:id/replay', role: 'operator' },
    summary: 'Sends a dead delivery again.',
    answers: { 202: 'it waits to be sent' },
  },
  {
    ...{ method: 'GET', path: '/v1/webhooks/endpoints', role: 'operator' },
    summary: 'The addresses of the lines’ owners, and whether they answer.',
    answers: { 200: 'all of them' },
    example: { path: '/v1/webhooks/endpoints', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/webhooks/endpoints/:endpoint/enable', role: 'operator' },
    summary: 'Switches an address on again that answered 410.',
    answers: { 200: 'its status' },
  },
]

const intake: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/call/event', role: 'events' },
    summary:
      'What a PBX, a recorder or another program knows about a call; processed behind a queue.',
    body: callEventInput,
    answers: { 202: 'taken, or known already' },
    answer: intakeReceipt,
    example: {
      path: '/call/event',
      body: { id: 'pbx-1', source: 'pbx', callId: '{id}', type: 'note', text: 'VIP guest' },
      status: 202,
    },
  },
  {
    ...{ method: 'POST', path: '/v1/livekit/transcription', role: 'events' },
    summary: 'What another recogniser has heard.',
    body: transcriptionInput,
    answers: { 202: 'taken, or known already' },
    answer: intakeReceipt,
    example: {
      path: '/v1/livekit/transcription',
      body: {
        ...{ id: 'asr-1', source: 'asr', callId: '{id}', speaker: 'caller' },
        ...{ text: 'good morning', language: 'en', isFinal: true },
      },
      status: 202,
    },
  },
  {
    ...{ method: 'GET', path: '/v1/schemas/:file', role: 'anyone' },
    summary: 'JSON schemas of the two bodies above: `call-event.json`, `transcription.json`.',
    answers: { 200: 'JSON Schema' },
    example: { path: '/v1/schemas/call-event.json', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/livekit/webhook', role: 'livekit' },
    summary:
      'LiveKit’s webhooks: a JWT of the API key with the body’s hash, not older than five minutes.',
    answers: { 200: 'taken' },
  },
]

const others: readonly Endpoint[] = [
  {
    ...{ method: 'GET', path: '/v1/channel', role: 'agent' },
    summary:
      'The call channel: a WebSocket per call, one JSON message a frame, at most 256 KiB. The messages are in packages/contracts.',
    answers: { 101: 'the channel is open, and waits two seconds for `hello`' },
  },
  {
    ...{ method: 'GET', path: '/v1/recordings/due', role: 'agent' },
    summary:
      'Recordings that the agents made and are to delete: their time is over, their caller was erased or does not agree. Up to 100 a page.',
    query: dueQuery,
    answers: { 200: 'a page; go on with `nextCursor` as `cursor`' },
    answer: dueRecordings,
    example: { path: '/v1/recordings/due', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/recordings/gone', role: 'agent' },
    summary:
      'Says that recordings which were due lie nowhere any more, nor are on their way from any machine.',
    body: goneRecordings,
    answers: { 204: 'they are forgotten' },
    example: { path: '/v1/recordings/gone', body: { ids: ['a-recording'] }, status: 204 },
  },
  {
    ...{ method: 'GET', path: '/v1/lines/spoken', role: 'agent' },
    summary: 'What every line says in the same words each time: agents keep its audio on disk.',
    answers: { 200: 'all lines' },
    answer: spokenLines,
    example: { path: '/v1/lines/spoken', status: 200 },
  },
  {
    ...{ method: 'POST', path: '/v1/token', role: 'anyone' },
    summary: 'LiveKit’s token endpoint, for `/phone`. In local mode alone; 403 otherwise.',
    body: tokenRequest,
    answers: { 201: 'a token for a room of its own' },
    answer: tokenResponse,
    example: { path: '/v1/token', body: { participant_name: 'Ada' }, status: 201 },
  },
  {
    ...{ method: 'GET', path: '/phone', role: 'anyone' },
    summary: 'A page to call from the browser. In local mode alone.',
    answers: { 302: 'to `/phone/`' },
  },
  {
    ...{ method: 'GET', path: '/healthz', role: 'anyone' },
    summary: 'Whether the process is alive.',
    answers: { 200: 'it is' },
    example: { path: '/healthz', status: 200 },
  },
  {
    ...{ method: 'GET', path: '/readyz', role: 'anyone' },
    summary: 'Whether it may take calls; 503 with the reason when it may not.',
    answers: { 200: 'it may' },
    example: { path: '/readyz', status: 200 },
  },
  {
    ...{ method: 'GET', path: '/metrics', role: 'anyone' },
    summary: 'Prometheus metrics.',
    answers: { 200: 'text format' },
    example: { path: '/metrics', status: 200 },
  },
]

const erasures: readonly Endpoint[] = [
  {
    ...{ method: 'POST', path: '/v1/erasures', role: 'operator' },
    summary:
      'Erases one caller everywhere: Redis, the database, kept speech; recordings are named for whoever keeps them.',
    body: erasureRequest,
    answers: { 200: 'what was erased, with a signed receipt' },
    example: { path: '/v1/erasures', body: { number: '+4940123456' }, status: 200 },
  },
  {
    ...{ method: 'GET', path: '/v1/erasures/key', role: 'operator' },
    summary: 'The public key that receipts are checked with.',
    answers: { 200: 'a JWK set' },
    example: { path: '/v1/erasures/key', status: 200 },
  },
]

/** Every route. A test compares it with what the service has registered. */
export const endpoints = {
  Calls: calls,
  'Owners’ webhooks': webhooks,
  Erasures: erasures,
  'Events from outside': intake,
  'Agents, browsers and probes': others,
} as const satisfies Readonly<Record<string, readonly Endpoint[]>>
