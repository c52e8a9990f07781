import { readCommand, UsageError } from './arguments.ts'
import { usage } from './usage.ts'

// Each command is loaded when it is asked for: help and status answer at once.
async function main(argv: readonly string[]): Promise<number> {
  const command = readCommand(argv)
  switch (command.name) {
    case 'up':
      return (await import('./commands/up.ts')).up(command)
    case 'down':
      return (await import('./commands/down.ts')).down(command)
    case 'status':
      return (await import('./commands/status.ts')).status(command)
    case 'logs':
      return (await import('./commands/logs.ts')).logs(command)
    case 'clean':
      return (await import('./commands/clean.ts')).clean(command)
    case 'call':
      return (await import('./commands/call.ts')).call(command)
    case 'test':
      return (await import('./commands/test.ts')).test(command)
    case 'check':
      return (await import('./commands/check.ts')).check()
    case 'audit':
      return (await import('./commands/audit.ts')).audit(command)
    case 'bench':
      return (await import('./commands/bench.ts')).bench(command)
    case 'help':
      process.stdout.write(usage)
      return 0
    default:
      return command satisfies never
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n"./trunkline help" lists the commands\n`)
  process.exitCode = 2
}
