import { createProgress } from '../progress.ts'
import { createInterruption, Interrupted } from './interruption.ts'
import { launcherMessage, type SupervisorMessage } from './launch-stack.ts'
import { supervise } from './supervise.ts'
import type { Supervisor } from './supervisor.ts'

// The process that owns a stack in the background; started by `launchStack`.
const [portOffset = '0', listen = '127.0.0.1'] = process.argv.slice(2)

let supervisor: Supervisor | undefined
const interruption = createInterruption({ onAgain: () => void supervisor?.stop({ hurry: true }) })
const launcherGone = new AbortController()
let isDetached = false
process.on('message', (message) => {
  if (launcherMessage.safeParse(message).success) isDetached = true
})
process.once('disconnect', () => {
  if (!isDetached) launcherGone.abort(new Interrupted('the launcher is gone'))
})

const tell = (message: SupervisorMessage) => {
  if (process.connected) process.send?.(message)
}
const write = (line: string) => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`)
  tell({ type: 'line', text: line })
}

process.exitCode = await supervise(
  { portOffset: Number(portOffset), listen, env: process.env, detached: true },
  {
    progress: createProgress({ write }),
    signal: AbortSignal.any([interruption.signal, launcherGone.signal]),
    onSupervisor: (created) => {
      supervisor = created
    },
    onReady: (ready) => tell({ type: 'ready', ready }),
  },
)
interruption.dispose()
if (process.connected) process.disconnect()
