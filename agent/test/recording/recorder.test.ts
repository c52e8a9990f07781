import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger } from '@trunkline/telemetry'
import { readWav } from '@trunkline/telephony'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Outgoing } from '../../src/channel/outgoing.ts'
import { createRecorder } from '../../src/recording/recorder.ts'
import { createWavFile } from '../../src/recording/wav-file.ts'

const logger = createLogger('test', { level: 'silent' })
const level = (value: number, length: number) => new Int16Array(length).fill(value)

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'spool')
}

/** Its clock stands still but where the test moves it. */
async function start(mode: 'on' | 'ask') {
  const folder = await makeFolder()
  const sent: Outgoing[] = []
  const clock = { now: 1_000_000 }
  const recorder = createRecorder({
    ...{ mode, folder, name: 'a-call-1.wav', reference: 'folder:a-call-1.wav', logger },
    send: (message) => sent.push(message),
    now: () => clock.now,
  })
  const states = () => sent.map((message) => ('state' in message ? message.state : message.type))
  return { folder, recorder, clock, sent, states }
}

describe('createRecorder', () => {
  it('writes both voices into one file, the caller left, we right, what we did not say left out', async () => {
    const { folder, recorder, clock, sent } = await start('on')
    recorder.caller(level(1000, 3200), { sampleRateHz: 16_000, at: 1_000_100 })
    recorder.agent(level(2000, 4800), { sampleRateHz: 24_000, at: 1_000_500 })
    recorder.agentCut(1_000_600)
    clock.now += 1000
    await recorder.close()
    expect(await readdir(folder)).toEqual(['a-call-1.wav'])
    const { channels, sampleRateHz } = readWav(await readFile(join(folder, 'a-call-1.wav')))
    const [left, right] = channels
    expect([sampleRateHz, left?.length]).toEqual([16_000, 16_000])
    const voiced = (pcm: Int16Array | undefined) => {
      const heard = [...(pcm ?? [])].map((sample) => Math.abs(sample) > 500)
      return [heard.indexOf(true) / 16, (heard.lastIndexOf(true) + 1) / 16].map(Math.round)
    }
    expect(voiced(left)).toEqual([100, 300])
    expect(voiced(right)).toEqual([500, 600])
    expect(sent.at(-1)).toMatchObject({ state: 'finished', durationMs: 1000, bytes: 64_044 })
  })

  it('keeps nothing before the caller agrees', async () => {
    const { folder, recorder, clock, states } = await start('ask')
    recorder.caller(level(1000, 1600), { sampleRateHz: 16_000, at: 1_000_000 })
    clock.now += 500
    expect(states()).toEqual([])
    recorder.allow()
    recorder.caller(level(3000, 1600), { sampleRateHz: 16_000, at: 1_000_500 })
    clock.now += 500
    await recorder.close()
    const { channels } = readWav(await readFile(join(folder, 'a-call-1.wav')))
    expect(new Set(channels[0])).toEqual(new Set([3000, 0]))
    expect(states()).toEqual(['started', 'finished'])
  })

  it('removes what was written when the caller does not want it any more', async () => {
    const { folder, recorder, clock, states } = await start('on')
    await expect.poll(states).toEqual(['started'])
    recorder.caller(level(1000, 1600), { sampleRateHz: 16_000, at: 1_000_000 })
    recorder.refuse()
    recorder.allow() // too late: a no stays a no
    clock.now += 500
    await recorder.close()
    expect(await readdir(folder)).toEqual([])
    expect(states()).toEqual(['started', 'removed'])
  })

  it('removes what was written before the disk was full', async () => {
    const folder = await makeFolder()
    const states: string[] = []
    let isBroken = false
    const told = Object.assign(createLogger('test', { level: 'silent' }), {
      error: () => {
        isBroken = true
      },
    })
    const recorder = createRecorder({
      ...{ mode: 'on', folder, name: 'a-call-1.wav', reference: 'folder:a-call-1.wav' },
      logger: told,
      send: (message) => void states.push(message.state),
      async createFile(path, options) {
        const file = await createWavFile(path, options)
        return { ...file, append: () => Promise.reject(new Error('no space left')) }
      },
    })
    await expect.poll(() => isBroken).toBe(true)
    expect(await readdir(folder)).toEqual(['a-call-1.wav.part'])
    recorder.refuse()
    await recorder.close()
    expect(await readdir(folder)).toEqual([])
    expect(states).toEqual(['started', 'removed'])
  })

  it('leaves a file that is readable up to then when its process is killed', async () => {
    const folder = await makeFolder()
    const program = fileURLToPath(new URL('record-until-killed.ts', import.meta.url))
    const child = spawn(process.execPath, [program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data') // two seconds are on disk
    child.kill('SIGKILL')
    await once(child, 'exit')
    const [name = ''] = await readdir(folder)
    expect(name).toBe('a-call-1.wav.part')
    const { channels } = readWav(await readFile(join(folder, name)))
    expect(channels[0]?.length).toBeGreaterThanOrEqual(16_000)
    expect(channels[0]?.[100]).toBe(1234)
  })
})
