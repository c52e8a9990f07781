import { writeFile } from 'node:fs/promises'
import type { Stack } from '@trunkline/contracts'
import { writeWav } from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'
import { keepFailedCall } from './failure-folder.ts'
import { chooseAudioPrograms, isOnPath, talk } from './microphone.ts'
import { type CallArguments, CallUsageError, callUsage, readCallArguments } from './options.ts'
import { type CallReport, type PlaceCallOptions, placeCall } from './place-call.ts'
import { describeAnswer, describeEvent, describeReport, describeTurn } from './print-call.ts'

const stoppedCode = 130

/** Where text goes, a line at a time. */
export interface Output {
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

const terminal: Output = {
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
}

/** `./trunkline call`; gives the exit code. */
export async function runCall(
  argv: string[],
  stack: Stack,
  output: Output = terminal,
): Promise<number> {
  let options: CallArguments
  try {
    options = readCallArguments(argv)
  } catch (error) {
    if (!(error instanceof CallUsageError)) throw error
    output.complain(`${error.message}\n"./trunkline call --help" lists the options`)
    return 2
  }
  if (options.help) {
    output.print(callUsage)
    return 0
  }
  const interrupted = new AbortController()
  const onSignal = () => interrupted.abort()
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  try {
    const report = await placeCall(stack, {
      ...options,
      ...(options.mic ? { converse: withMicrophone(output) } : {}),
      ...(options.json ? jsonLines(output) : textLines(output)),
      signal: interrupted.signal,
    })
    return await conclude(stack, report, { ...options, output })
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    output.complain(error.message)
    return 1
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/** @throws {CallFailure} when no program records here */
function withMicrophone({ complain }: Output): NonNullable<PlaceCallOptions['converse']> {
  const programs = chooseAudioPrograms(isOnPath, process.platform)
  if (!programs.player) {
    complain('no aplay, sox or ffplay here: the agent can be read, not heard')
  }
  return (line, { signal }) => talk(line, programs, { signal })
}

function textLines({ print }: Output): Partial<PlaceCallOptions> {
  const printIf = (line: string | undefined) => {
    if (line !== undefined) print(line)
  }
  return {
    onAnswered: (timings) => print(describeAnswer(timings)),
    onEvent: (event) => printIf(describeEvent(event)),
    onTurn: (turn) => printIf(describeTurn(turn)),
  }
}

function jsonLines({ print }: Output): Partial<PlaceCallOptions> {
  return { onEvent: (event) => print(JSON.stringify({ type: 'event', event })) }
}

async function conclude(
  stack: Stack,
  report: CallReport,
  options: CallArguments & { output: Output },
): Promise<number> {
  const { print, complain } = options.output
  const { audio, events: _events, trace: _trace, ...summary } = report
  const { failure } = report
  if (failure?.code === 'not-ready') throw new CallFailure(failure.code, failure.message)
  const isFailed = failure !== undefined && failure.code !== 'stopped'
  const folder = isFailed ? await keepFailedCall(stack, report) : undefined
  if (options.record !== undefined) {
    const { sampleRateHz, caller, agent } = audio
    await writeFile(options.record, writeWav({ sampleRateHz, channels: [caller, agent] }))
  }
  if (options.json) print(JSON.stringify({ type: 'report', ...summary, folder }))
  else print(describeReport(report))
  if (folder !== undefined) {
    complain(`both directions, events and logs of this call: ${folder}`)
    return 1
  }
  return failure ? stoppedCode : 0
}
