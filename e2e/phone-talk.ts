import { setTimeout as sleep } from 'node:timers/promises'
import type { CallRecord, Stack, TurnRecord } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { type Call, concatPcm, type Phone } from '@trunkline/telephony'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { listCalls, readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { until } from './until.ts'

/** Room, mixer and jitter buffer: what has been played is on the wire after it. */
export const onTheWireMs = 500
const timeoutMs = 60_000

/** A telephone's call to the stack, whose keeping it is the test's. */
export async function callLine({ sip }: Stack, phone: Phone): Promise<Call> {
  if (!sip) throw new Error('the stack has no telephone')
  const { host, port, number, username, password } = sip
  return await phone.call({
    ...{ to: number, from: '+4915112345678', host, port, ringTimeoutMs: 20_000, record: true },
    credentials: { username, password },
  })
}

/** Asks the API until `find` gives something of the call's record. */
export function untilRecord<T>(
  stack: Stack,
  id: string,
  { what, find }: { what: string; find: (record: CallRecord) => T | undefined },
): Promise<T> {
  return until(what, async () => find(await readCall(stack, id)), { timeoutMs })
}

/** The orchestrator's id of a call, once its caller has heard the greeting. */
export async function untilGreeted(stack: Stack, call: Call): Promise<string> {
  await call.answered
  const { id } = await until('the call is known', async () =>
    (await listCalls(stack)).find(({ sipCallId }) => sipCallId === call.id),
  )
  const what = 'the greeting was heard'
  await untilRecord(stack, id, { what, find: ({ greetingHeard }) => greetingHeard })
  return id
}

export function untilOver(stack: Stack, id: string): Promise<CallRecord> {
  const find = (record: CallRecord) => (record.endedAt ? record : undefined)
  return untilRecord(stack, id, { what: 'the call is over', find })
}

/** 8 kHz audio that came in from `from` (epoch ms) on. */
export function receivedSince({ recording }: Call, from: number): Int16Array {
  return concatPcm(recording.received.filter(({ at }) => at >= from).map(({ pcm }) => pcm))
}

/** Asks when breakfast is: the turn on record, and what of its answer is on the wire. */
export async function askForBreakfast(
  stack: Stack,
  { call, id }: { call: Call; id: string },
  { signal }: { signal: AbortSignal },
): Promise<{ turn: TurnRecord; heard: string }> {
  const [question = new Int16Array()] = await synthesizeCaller(stack, ['When is breakfast?'], {
    ...{ language: 'en', voice: undefined, signal },
  })
  const from = epochNow()
  await call.play(question)
  const turn = await untilRecord(stack, id, {
    what: 'the question was answered',
    find: ({ turns }) =>
      turns.find(({ receivedAt, heard }) => receivedAt >= from && heard !== undefined),
  })
  await sleep(onTheWireMs)
  return { turn, heard: await transcribe(stack, receivedSince(call, from)) }
}
