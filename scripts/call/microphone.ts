import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CallFailure } from './call-failure.ts'
import type { Line } from './line.ts'

interface AudioProgram {
  readonly program: string
  readonly args: readonly string[]
}

const raw = ['-t', 'raw', '-r', '8000', '-c', '1']
const sox = [...raw, '-e', 'signed-integer', '-b', '16']

/** Programs that write 8 kHz s16le mono from the microphone to standard output, best first. */
function recorders(platform: NodeJS.Platform): readonly AudioProgram[] {
  const device =
    platform === 'darwin' ? ['-f', 'avfoundation', '-i', ':0'] : ['-f', 'alsa', '-i', 'default']
  return [
    { program: 'arecord', args: ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', '8000', '-c', '1'] },
    { program: 'sox', args: ['-q', '-d', ...sox, '-'] },
    {
      program: 'ffmpeg',
      args: ['-loglevel', 'error', ...device, '-ar', '8000', '-ac', '1', '-f', 's16le', '-'],
    },
  ]
}

/** Programs that play 8 kHz s16le mono from standard input. */
const players: readonly AudioProgram[] = [
  { program: 'aplay', args: ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', '8000', '-c', '1'] },
  { program: 'sox', args: ['-q', ...sox, '-', '-d'] },
  {
    program: 'ffplay',
    args: ['-loglevel', 'error', '-nodisp', '-f', 's16le', '-ar', '8000', '-i', '-'],
  },
]

export interface AudioPrograms {
  readonly recorder: AudioProgram
  /** Undefined: the agent is not heard, only read. */
  readonly player: AudioProgram | undefined
}

/** @throws {CallFailure} `not-ready` naming what to install */
export function chooseAudioPrograms(
  has: (program: string) => boolean,
  platform: NodeJS.Platform,
): AudioPrograms {
  const recorder = recorders(platform).find(({ program }) => has(program))
  if (!recorder) {
    const hint = '--mic needs arecord (package alsa-utils), sox or ffmpeg, and none is on PATH'
    throw new CallFailure('not-ready', hint)
  }
  return { recorder, player: players.find(({ program }) => has(program)) }
}

export function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false // not in this folder
    }
  })
}

/** Talks into the call from the microphone until the call is over or `signal` aborts. */
export async function talk(
  line: Line,
  { recorder, player }: AudioPrograms,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const children: ChildProcess[] = []
  const run = ({ program, args }: AudioProgram) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    child.on('error', () => undefined) // its absence shows in the streams, which end
    child.stdin.on('error', () => undefined)
    children.push(child)
    return child
  }
  const speaker = player && run(player)
  const listening = (async () => {
    for await (const { pcm } of line.audio()) {
      const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength)
      // A speaker that cannot keep up loses what is new instead of falling behind.
      if (speaker && speaker.stdin.writableLength < 16_000) speaker.stdin.write(bytes)
    }
  })()
  const microphone = run(recorder)
  const speaking = (async () => {
    let rest = new Uint8Array()
    for await (const chunk of microphone.stdout) {
      const bytes = new Uint8Array(rest.length + chunk.length)
      bytes.set(rest)
      bytes.set(chunk, rest.length)
      const even = bytes.length & ~1
      rest = bytes.slice(even)
      // Awaited: the recorder's pipe holds what comes meanwhile, a few milliseconds of it.
      await line.play(new Int16Array(bytes.buffer, 0, even / 2), { signal })
    }
  })().catch(() => undefined) // the call is over: nothing more can be played
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([line.ended, stopped, speaking])
  for (const child of children) child.kill('SIGTERM')
  await Promise.race([Promise.all([listening, speaking]), stopped, line.ended])
}
