import { serveJobs } from '../workers/serve-jobs.ts'
import { type FliteJob, loadFlite, type Speech } from './flite.ts'

const flite = await loadFlite()
// Lets the compiler see the code before somebody waits for it.
flite.synthesize({ text: 'Hello, how can I help you?', voice: 'rms' })

serveJobs<FliteJob, Speech>((job) => {
  const speech = flite.synthesize(job)
  return {
    result: speech,
    transfer: speech.pcm.buffer instanceof ArrayBuffer ? [speech.pcm.buffer] : [],
  }
})
