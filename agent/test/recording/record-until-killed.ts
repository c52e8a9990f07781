import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '@trunkline/telemetry'
import { createRecorder } from '../../src/recording/recorder.ts'

/** A job that records for as long as it lives; a line on stdout says that seconds are on disk. */
const [, , folder = ''] = process.argv
const start = Date.now()
let now = start
const recorder = createRecorder({
  ...{ mode: 'on', folder, name: 'a-call-1.wav', reference: 'folder:a-call-1.wav' },
  send: () => undefined,
  logger: createLogger('job', { level: 'error' }),
  now: () => now,
})
// The recorder's own timer writes each second of ours what its clock says is old enough.
for (let second = 0; second < 3; second += 1) {
  recorder.caller(new Int16Array(16_000).fill(1234), { sampleRateHz: 16_000, at: now })
  now += 1000
}
await sleep(1500)
process.stdout.write('written\n')
await sleep(60_000)
