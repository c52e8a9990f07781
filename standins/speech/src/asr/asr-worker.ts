import { serveJobs } from '../workers/serve-jobs.ts'
import { loadMoonshine } from './moonshine.ts'
import type { Transcription, TranscriptionJob } from './transcription.ts'

const moonshine = await loadMoonshine()
// The first run of a session costs several times a later one.
await moonshine.transcribe(
  { pcm: new Int16Array(16_000), draft: [], boosts: [] },
  { isCancelled: () => false },
)

serveJobs<TranscriptionJob, Transcription>(async (job, context) => ({
  result: await moonshine.transcribe(job, context),
}))
