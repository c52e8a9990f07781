import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryRoot } from '../paths.ts'
import { createProgress, type Progress } from '../progress.ts'
import { endLeftovers } from '../stack/leftovers.ts'
import { isSameProcess } from '../stack/process-identity.ts'
import { runDir } from '../stack/run-dir.ts'
import { type RecordedProcess, readRunState } from '../stack/run-record.ts'
import { forgetStack } from '../stack/run-stack.ts'

// Every part's grace together stays below it.
const patienceMs = 90_000

/** Ends the stack, or what a killed one left behind. Does nothing and says so when nothing runs. */
export async function down({ portOffset }: { portOffset: number }): Promise<number> {
  const progress = createProgress({ write: (line) => void process.stdout.write(`${line}\n`) })
  const dir = runDir(process.env, { root: repositoryRoot, portOffset })
  const before = readRunState(dir.recordFile)
  if (before.kind === 'nothing') {
    progress.note('nothing runs')
    return 0
  }
  if (before.kind === 'running') await endSupervisor(before.record.supervisor, progress)
  const after = readRunState(dir.recordFile)
  if (after.kind === 'leftovers') await endLeftovers(after, progress)
  forgetStack(dir)
  return 0
}

/** Its supervisor ends the parts in order; killed after a while, since what it leaves can be ended here. */
async function endSupervisor(supervisor: RecordedProcess, progress: Progress): Promise<void> {
  await progress.step('ending the stack', async () => {
    process.kill(supervisor.pid, 'SIGTERM')
    const giveUpAt = performance.now() + patienceMs
    while (isSameProcess(supervisor)) {
      if (performance.now() > giveUpAt) {
        process.kill(supervisor.pid, 'SIGKILL')
        return
      }
      await sleep(50)
    }
  })
}
