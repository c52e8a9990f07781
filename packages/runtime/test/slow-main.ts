import { setTimeout as sleep } from 'node:timers/promises'
import { runMain } from '../src/run-main.ts'

const [, , startMs = '0', startGraceMs = '0', failure = ''] = process.argv

/** A service that takes its time to start, says what it does, and keeps its process alive until it is closed. */
await runMain(
  async () => {
    const alive = setInterval(() => {}, 1000)
    process.stdout.write('starting\n')
    await sleep(Number(startMs))
    if (failure !== '') {
      clearInterval(alive)
      throw new Error(failure)
    }
    process.stdout.write('started\n')
    return {
      async close() {
        clearInterval(alive)
        process.stdout.write('closed\n')
      },
    }
  },
  { startGraceMs: Number(startGraceMs) },
)
