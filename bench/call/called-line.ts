import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Line, line, type Stack } from '@trunkline/contracts'
import { parse } from 'yaml'
import { repositoryRoot } from '../../scripts/paths.ts'

/**
 * The line that answers the stack's number.
 * @throws {Error} when no file in `LINES_DIR` (default `lines`) has it
 */
export async function readCalledLine({ sip }: Stack): Promise<Line> {
  const folder = process.env['LINES_DIR'] || join(repositoryRoot, 'lines')
  for (const name of await readdir(folder)) {
    if (!/\.ya?ml$/.test(name)) continue
    const read = line.parse(parse(await readFile(join(folder, name), 'utf8')))
    if (sip && read.numbers.includes(sip.number)) return read
  }
  throw new Error(`no line in ${folder} has the stack's number`)
}

const timeoutMs = 30_000

/**
 * The greeting as the tts-router gives it, 24 kHz mono s16le. It lies in the cache then, so that the first call
 * measured is like the others.
 * @throws {Error} when the tts-router does not give it
 */
export async function fetchGreeting({ urls }: Stack, called: Line): Promise<Uint8Array> {
  const language = called.defaultLanguage
  const words = called.languages[language]
  const response = await fetch(new URL('/synthesize', urls.ttsRouter), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: words?.greeting, language, sampleRateHz: 24_000 }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`the tts-router has no greeting: status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
