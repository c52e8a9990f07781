import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Stack } from '@trunkline/contracts'
import { writeWav } from '@trunkline/telephony'
import type { CallReport } from './place-call.ts'

/** Keeps what is known of a failed call beside the stack's own files; gives the folder. */
export async function keepFailedCall(stack: Stack, report: CallReport): Promise<string> {
  const log = stack.processes[0]?.log
  // Logs lie in <run dir>/logs.
  const runDir = log === undefined ? resolve('.run') : dirname(dirname(log))
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  const folder = join(runDir, 'failed-calls', time)
  await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o700 })
  const { audio, trace, events, ...summary } = report
  const wav = (pcm: Int16Array) => writeWav({ sampleRateHz: audio.sampleRateHz, channels: [pcm] })
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'caller.wav': wav(audio.caller),
    'agent.wav': wav(audio.agent),
    'events.jsonl': events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    'signalling.log': trace.join('\n'),
    'report.json': `${JSON.stringify(summary, undefined, 2)}\n`,
  }
  await Promise.all([
    ...Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)),
    ...stack.processes.map((part) =>
      // A log that is not there any more must not hide the rest.
      copyFile(part.log, join(folder, 'logs', basename(part.log))).catch(() => undefined),
    ),
  ])
  return folder
}
