import { serveJobs } from '../workers/serve-jobs.ts'
import { loadSilero } from './silero.ts'
import type { VoiceJob, VoiceResult } from './voice-activity.ts'

const silero = await loadSilero()

serveJobs<VoiceJob, VoiceResult>(async (job) => ({ result: await silero.detect(job) }))
