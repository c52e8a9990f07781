import { homedir } from 'node:os'
import { join } from 'node:path'
import { hasCurrentAnswers } from './asked-moments.ts'
import { openCorpusCache } from './corpus-cache.ts'
import { computeFeatures, type Features, openModels } from './features.ts'
import { type CaseSpec, planCorpus } from './plan.ts'
import type { CorpusSet } from './voices.ts'

export interface BuildOptions {
  readonly set: CorpusSet
  readonly signal: AbortSignal
  readonly print: (line: string) => void
}

const progressEvery = 250

/** The features of every case of a set; those that were not computed before, or for other pauses, are now. */
export async function buildCorpus({ set, signal, print }: BuildOptions): Promise<Features[]> {
  const cache = await openCorpusCache(join(homedir(), '.cache', 'trunkline', 'turn-taking'), set)
  const specs = planCorpus(set)
  const missing = specs.filter((spec) => {
    const known = cache.get(spec)
    return known === undefined || !hasCurrentAnswers(known)
  })
  if (missing.length > 0) {
    print(`${set}: ${missing.length} of ${specs.length} cases are computed`)
    await compute(missing, { cache, signal, print })
  }
  return specs.flatMap((spec) => cache.get(spec) ?? [])
}

async function compute(
  specs: readonly CaseSpec[],
  {
    cache,
    signal,
    print,
  }: Pick<BuildOptions, 'signal' | 'print'> & {
    cache: Awaited<ReturnType<typeof openCorpusCache>>
  },
): Promise<void> {
  const models = openModels()
  // One after the other: the models have threads of their own, which only get in each other's way.
  for (const [index, spec] of specs.entries()) {
    signal.throwIfAborted()
    await cache.put(await computeFeatures(spec, models))
    if ((index + 1) % progressEvery === 0) print(`  ${index + 1} of ${specs.length}`)
  }
}
