import { createHash } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryRoot } from '../../scripts/paths.ts'
import type { Features } from './features.ts'
import type { CaseSpec } from './plan.ts'

/** Features by the content they were computed from, one a line; a run that was stopped goes on where it was. */
export interface CorpusCache {
  get(spec: CaseSpec): Features | undefined
  put(features: Features): Promise<void>
}

/** What a case's audio and its features are made by. */
const sources = [
  ...[
    'bench/turn-taking/features.ts',
    'bench/turn-taking/render.ts',
    'bench/turn-taking/sounds.ts',
  ],
  ...['bench/turn-taking/speak.ts', 'bench/turn-taking/random.ts'],
  'node_modules/@livekit/local-inference/package.json',
]

export async function openCorpusCache(folder: string, name: string): Promise<CorpusCache> {
  await mkdir(folder, { recursive: true })
  const builder = createHash('sha256')
  for (const source of sources) builder.update(await readFile(join(repositoryRoot, source)))
  const version = builder.digest('hex').slice(0, 12)
  const file = join(folder, `${name}-${version}.jsonl`)
  const known = new Map<string, Features>()
  if ((await readdir(folder)).includes(`${name}-${version}.jsonl`)) {
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      const features = readLine(line)
      if (features) known.set(keyOf(features.spec), features)
    }
  }
  return {
    get: (spec) => known.get(keyOf(spec)),
    async put(features) {
      known.set(keyOf(features.spec), features)
      await appendFile(file, `${JSON.stringify(features)}\n`)
    },
  }
}

function keyOf(spec: CaseSpec): string {
  return JSON.stringify(spec)
}

/** The last line of a run that was killed may be cut short. */
function readLine(line: string): Features | undefined {
  if (!line.endsWith('}')) return undefined
  try {
    const features: Features = JSON.parse(line)
    return features
  } catch {
    return undefined // cut short: computed anew
  }
}
