import { type SpokenLines as Answer, type LineWords, spokenLines } from '@trunkline/contracts'
import { request } from 'undici'
import type { LineMemory } from './line-memory.ts'
import type { SpokenLine } from './spoken-lines.ts'

const timeoutMs = 5000
const maxAnswerBytes = 4 * 1024 * 1024

/** Asks the orchestrator what its lines always say. @throws {Error} when it does not answer as agreed */
export async function fetchLines(
  { url, token }: { url: string; token: string },
  { signal }: { signal: AbortSignal },
): Promise<Answer['lines']> {
  const { statusCode, body } = await request(new URL('/v1/lines/spoken', url), {
    headers: { authorization: `Bearer ${token}` },
    ...{ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, signal },
  })
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`the orchestrator answers with ${statusCode}`)
  }
  const text = await body.text()
  if (text.length > maxAnswerBytes) throw new Error('the orchestrator names too many words')
  return spokenLines.parse(JSON.parse(text)).lines
}

/** Remembers what was fetched, and gives the words whose audio is to be kept: those of most calls first. */
export async function rememberLines(
  lines: Answer['lines'],
  { memory }: { memory: Pick<LineMemory, 'keep'> },
): Promise<readonly SpokenLine[]> {
  for (const line of lines) {
    const names = [{ id: line.id }, ...line.numbers.map((number) => ({ number }))]
    await memory.keep(names, toWords(line))
  }
  const first = lines.flatMap(({ greeting, apology, bridging }) => [greeting, apology, bridging])
  const rest = lines.flatMap(({ notices, otherLanguages }) => [...notices, ...otherLanguages])
  return [...first, ...rest]
}

function toWords(line: Answer['lines'][number]): LineWords {
  const { language, apology, bridging, transferTo } = line
  const words = { language, apology, bridging }
  return { ...words, ...(transferTo !== undefined && { transferTo }) }
}
