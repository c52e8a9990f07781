import { createProgress } from '../progress.ts'
import { createInterruption } from '../stack/interruption.ts'
import { launchStack } from '../stack/launch-stack.ts'
import { supervise } from '../stack/supervise.ts'
import type { Supervisor } from '../stack/supervisor.ts'

export interface UpOptions {
  readonly portOffset: number
  readonly listen: string
  readonly detach: boolean
}

/** @returns the exit code */
export async function up({ detach, portOffset, listen }: UpOptions): Promise<number> {
  const write = (line: string) => void process.stdout.write(`${line}\n`)
  // A closed pipe (`up | head`) is no reason to leave processes behind.
  process.stdout.on('error', () => {})
  const options = { portOffset, listen, env: process.env }
  return detach ? upDetached(options, write) : upForeground(options, write)
}

type Options = { portOffset: number; listen: string; env: NodeJS.ProcessEnv }

async function upForeground(options: Options, write: (line: string) => void): Promise<number> {
  let supervisor: Supervisor | undefined
  const interruption = createInterruption({
    onAgain: () => void supervisor?.stop({ hurry: true }),
  })
  try {
    return await supervise(
      { ...options, detached: false },
      {
        progress: createProgress({ write }),
        signal: interruption.signal,
        onSupervisor: (created) => {
          supervisor = created
        },
        onReady: ({ screen }) => write(screen),
      },
    )
  } finally {
    interruption.dispose()
  }
}

async function upDetached(options: Options, write: (line: string) => void): Promise<number> {
  const interruption = createInterruption({ onAgain: () => {} })
  try {
    const launched = await launchStack(options, { write, signal: interruption.signal })
    if (launched.kind === 'failed') return launched.code
    launched.detach()
    write(launched.ready.screen)
    return 0
  } finally {
    interruption.dispose()
  }
}
