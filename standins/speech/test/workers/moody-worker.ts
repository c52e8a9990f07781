import { serveJobs } from '../../src/workers/serve-jobs.ts'

/** Does as it is told, also when told to die. */
serveJobs<string, string>(async (job, { isCancelled }) => {
  if (job === 'die') process.exit(3)
  if (job === 'fail') throw new Error('told to fail')
  while (job === 'wait' && !isCancelled()) await new Promise((resolve) => setTimeout(resolve, 5))
  return { result: `did ${job}` }
})
