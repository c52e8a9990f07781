import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callEvent } from '@trunkline/contracts'
import { readWav, writeWav } from '@trunkline/telephony'
import { z } from 'zod'
import type { CallReport } from '../../scripts/call/place-call.ts'
import { repositoryRoot } from '../../scripts/paths.ts'

const recorded = z.object({ startAt: z.number(), events: z.array(callEvent) })

export interface RecordedCall extends z.infer<typeof recorded> {
  readonly caller: Int16Array
  readonly agent: Int16Array
}

/** Below `.run`, which is in no commit: a call holds what was said in it. */
export function recordingFolder(callId: string): string {
  return join(repositoryRoot, '.run', 'recordings', callId)
}

/** Keeps a call of a bench for `bench plot`; gives the folder. */
export async function keepRecording(
  callId: string,
  { audio, events }: Pick<CallReport, 'audio' | 'events'>,
): Promise<string> {
  const folder = recordingFolder(callId)
  const { sampleRateHz, startAt, caller, agent } = audio
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const wav = writeWav({ sampleRateHz, channels: [caller, agent] })
  await writeFile(join(folder, 'call.wav'), wav, { mode: 0o600 })
  await writeFile(join(folder, 'call.json'), JSON.stringify({ startAt, events }), { mode: 0o600 })
  return folder
}

/** @throws {Error} when no bench has kept this call */
export async function readRecording(callId: string): Promise<RecordedCall> {
  const folder = recordingFolder(callId)
  const text = await readFile(join(folder, 'call.json'), 'utf8').catch((cause: unknown) => {
    throw new Error(`no recording of this call in ${folder}`, { cause })
  })
  const { channels } = readWav(await readFile(join(folder, 'call.wav')))
  const [caller = new Int16Array(), agent = new Int16Array()] = channels
  return { ...recorded.parse(JSON.parse(text)), caller, agent }
}
