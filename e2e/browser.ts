import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findProgram } from '../scripts/toolchain/find-tools.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome']
/** Without these, Chromium asks Google's hosts for updates and waits for the answers. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Browser {
  readonly context: BrowserContext
  close(): Promise<void>
}

/** The machine's own Chromium with an empty profile; `microphone` is a WAV file that is played into it once. */
export async function openBrowser({
  microphone,
}: {
  microphone: string | 'denied'
}): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'trunkline-chromium-'))
  const path = process.env['PATH'] ?? ''
  const executablePath = names.flatMap((name) => findProgram(name, path) ?? [])[0]
  if (executablePath === undefined) throw new Error(`no ${names.join(' or ')} on PATH`)
  const fake = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}%noloop`,
  ]
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // Chromium's sandbox does not work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quiet, ...(microphone === 'denied' ? ['--use-fake-device-for-media-stream'] : fake)],
  })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
