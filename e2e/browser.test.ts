import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concatPcm, resample, writeWav } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { openBrowser } from './browser.ts'
import { listCalls, readCall } from './calls-api.ts'
import { readRunningStack } from './running-stack.ts'
import { until } from './until.ts'

const waitMs = 45_000
/** Connecting and the greeting come before the caller's first word. */
const listenFirstMs = 12_000

describe('the page /phone', needs(['redis', 'livekit-server', 'chromium']), () => {
  it('calls, shows the greeting and the caller’s own words, and hangs up', async ({ signal }) => {
    const { stack } = readRunningStack()
    const folder = mkdtempSync(join(tmpdir(), 'trunkline-microphone-'))
    const microphone = join(folder, 'question.wav')
    const [question] = await synthesizeCaller(stack, ['What time is breakfast served?'], {
      language: 'en',
      voice: 'Flite.EN-GB.Awb',
      signal,
    })
    const said = resample(question ?? new Int16Array(), { fromHz: 8000, toHz: 48_000 })
    const silence = (ms: number) => new Int16Array(48 * ms)
    const pcm = concatPcm([silence(listenFirstMs), said, silence(60_000)])
    writeFileSync(microphone, writeWav({ sampleRateHz: 48_000, channels: [pcm] }))
    const browser = await openBrowser({ microphone })
    try {
      const page = await browser.context.newPage()
      await page.goto(`${stack.urls.orchestrator}/phone`)
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      const lines = page.getByRole('listitem')
      const agent = lines.filter({ hasText: 'Agent' })
      await agent.filter({ hasText: /AI assistant/ }).waitFor({ timeout: waitMs })
      expect(await page.getByRole('status').textContent()).toBe('In call')
      const [call] = await listCalls(stack)
      expect(call).toMatchObject({ state: 'active', direction: 'web' })

      await lines
        .filter({ hasText: 'You' })
        .filter({ hasText: /breakfast/i })
        .waitFor({ timeout: waitMs })
      await agent.filter({ hasText: /half past six/ }).waitFor({ timeout: waitMs })

      await page.getByRole('button', { name: 'Hang up' }).click()
      await page.getByText('Call ended').waitFor()
      const ended = await until('the call has ended', async () => {
        const now = await readCall(stack, call?.id)
        return now.state === 'ended' ? now : undefined
      })
      expect(ended.endReason).toBe('caller-hangup')
      expect(ended.turns.map(({ text }) => text).join(' ')).toMatch(/breakfast/i)
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('names a microphone that is blocked, and makes no call', async () => {
    const { stack } = readRunningStack()
    const before = await listCalls(stack)
    const browser = await openBrowser({ microphone: 'denied' })
    try {
      const page = await browser.context.newPage()
      await page.goto(`${stack.urls.orchestrator}/phone`)
      await page.getByRole('button', { name: 'Call', exact: true }).click()
      const trouble = page.getByRole('alert')
      await trouble.getByText('The microphone is blocked').waitFor({ timeout: waitMs })
      expect(await trouble.textContent()).toContain('set Microphone to Allow')
      expect(await page.getByRole('button', { name: 'Call again' }).isVisible()).toBe(true)
      expect(await listCalls(stack)).toEqual(before)
    } finally {
      await browser.close()
    }
  })
})
