import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Features } from './features.ts'

const file = fileURLToPath(new URL('__fixtures__/cases.json', import.meta.url))
/** Speech fits a byte when it is kept in steps of this many per mille. */
const speechStep = 4

/** Features as they are kept: three bytes a window, in base64. */
type Kept = Omit<Features, 'speech' | 'levelDb' | 'echo'> & { readonly windows: string }

/** One case of every kind and language, small enough to be kept with the code. */
export async function writeFixture(corpus: readonly Features[]): Promise<string> {
  const taken = new Map<string, Features>()
  for (const features of corpus) {
    const kind = kindOf(features)
    if (!taken.has(kind)) taken.set(kind, features)
  }
  const cases = [...taken.values()].map((features) => JSON.stringify(toKept(features)))
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `[\n${cases.join(',\n')}\n]\n`)
  return `${cases.length} cases in ${file}`
}

export async function readFixture(): Promise<readonly Features[]> {
  const cases: Kept[] = JSON.parse(await readFile(file, 'utf8'))
  return cases.map(toFeatures)
}

function toKept({ speech, levelDb, echo, ...rest }: Features): Kept {
  const bytes = Buffer.alloc(speech.length * 3)
  for (const [index, perMille] of speech.entries()) {
    bytes[index * 3] = Math.round(perMille / speechStep)
    bytes[index * 3 + 1] = -(levelDb[index] ?? -99)
    bytes[index * 3 + 2] = echo[index] ?? 0
  }
  const words = rest.words.map(({ text, startMs, endMs }) => ({
    ...{ text, startMs: Math.round(startMs), endMs: Math.round(endMs) },
  }))
  return { ...rest, words, windows: bytes.toString('base64') }
}

function toFeatures({ windows, ...rest }: Kept): Features {
  const bytes = Buffer.from(windows, 'base64')
  const every = (offset: number) => [...bytes].filter((_byte, index) => index % 3 === offset)
  return {
    ...rest,
    speech: every(0).map((byte) => byte * speechStep),
    levelDb: every(1).map((byte) => -byte),
    echo: every(2),
  }
}

function kindOf({ spec }: Features): string {
  if (spec.kind === 'turn') return `${spec.language} ${spec.topic}`
  return spec.sound.type === 'noise' ? spec.sound.noise : `${spec.language} ${spec.sound.type}`
}
