// The main of a job process: agents-js forks it ahead of a call and ends it with the call.
import { defineAgent, type JobContext } from '@livekit/agents'
import { createLogger, flushTraces } from '@trunkline/telemetry'
import { createCall } from './call/call.ts'
import { readConfig } from './config.ts'
import { hidePersonalData } from './library-log.ts'
import { warmUp } from './worker/warm-up.ts'
import { settledMessage } from './worker/watch-jobs.ts'

/** After this the process is not waited for any longer. */
const exitGraceMs = 10_000
const flushTracesMs = 500

export default defineAgent({
  async prewarm() {
    const config = readConfig(process.env)
    await warmUp(config, { logger: createLogger('agent-job', config.log) })
  },

  async entry(ctx: JobContext) {
    const config = readConfig(process.env)
    const logger = createLogger('agent-job', config.log).child({ jobId: ctx.job.id })
    hidePersonalData()
    // The worker kills a job that does not say so in time.
    const onSettled = () => process.send?.(settledMessage)
    ctx.addShutdownCallback(() => flushTraces(flushTracesMs))
    const call = createCall({ ctx, config, logger, onSettled })
    // Native threads have kept processes alive that had nothing left to do.
    void call.closed.then(() => setTimeout(() => process.exit(1), exitGraceMs).unref())
    try {
      await call.start()
    } catch (error) {
      call.fail(error)
    }
  },
})
