import { spawnSync } from 'node:child_process'
import type { Progress } from '../progress.ts'
import { endGroup } from './process-group.ts'
import type { RunState } from './run-record.ts'

/** Ends what a killed supervisor left behind: the recorded processes that are still the same ones. */
export async function endLeftovers(
  { record, parts }: Extract<RunState, { kind: 'leftovers' }>,
  progress: Progress,
): Promise<void> {
  const names = [...parts.map(({ name }) => name), ...record.containers].join(', ')
  await progress.step(`ending what an earlier stack left behind: ${names}`, async () => {
    await Promise.all(parts.map(({ pid }) => endGroup(pid)))
    for (const container of record.containers) {
      spawnSync('docker', ['rm', '--force', container], { stdio: 'ignore', timeout: 15_000 })
    }
  })
}
