import { writeFile } from 'node:fs/promises'
import type { CallEvent, Stack } from '@trunkline/contracts'
import { writeWav } from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'
import { keepFailedCall } from './failure-folder.ts'
import { chooseAudioPrograms, isOnPath, talk } from './microphone.ts'
import { type CallArguments, CallUsageError, callUsage, readCallArguments } from './options.ts'
import { type CallReport, type PlaceCallOptions, placeCall } from './place-call.ts'
import { describeAnswer, describeEvent, describeReport, describeTurn } from './print-call.ts'

const stoppedCode = 130

/** `./trunkline call`; gives the exit code. */
export async function runCall(argv: string[], stack: Stack): Promise<number> {
  let options: CallArguments
  try {
    options = readCallArguments(argv)
  } catch (error) {
    if (!(error instanceof CallUsageError)) throw error
    process.stderr.write(`${error.message}\n"./trunkline call --help" lists the options\n`)
    return 2
  }
  if (options.help) {
    process.stdout.write(callUsage)
    return 0
  }
  const interrupted = new AbortController()
  const onSignal = () => interrupted.abort()
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  try {
    const report = await placeCall(stack, {
      ...options,
      ...(options.mic ? { converse: withMicrophone() } : {}),
      ...(options.json ? jsonLines : textLines),
      signal: interrupted.signal,
    })
    return await conclude(stack, options, report)
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/** @throws {CallFailure} when no program records here */
function withMicrophone(): NonNullable<PlaceCallOptions['converse']> {
  const programs = chooseAudioPrograms(isOnPath, process.platform)
  if (!programs.player) {
    process.stderr.write('no aplay, sox or ffplay here: the agent can be read, not heard\n')
  }
  return (line, { signal }) => talk(line, programs, { signal })
}

const print = (text: string | undefined) => {
  if (text !== undefined && text !== '') process.stdout.write(`${text}\n`)
}

const textLines: Partial<PlaceCallOptions> = {
  onAnswered: (timings) => print(describeAnswer(timings)),
  onEvent: (event) => print(describeEvent(event)),
  onTurn: (turn) => print(describeTurn(turn)),
}

const jsonLines: Partial<PlaceCallOptions> = {
  onEvent: (event: CallEvent) => print(JSON.stringify({ type: 'event', event })),
}

async function conclude(stack: Stack, options: CallArguments, report: CallReport): Promise<number> {
  const { audio, events: _events, trace: _trace, ...summary } = report
  const { failure } = report
  const isFailed = failure !== undefined && failure.code !== 'stopped'
  const folder = isFailed ? await keepFailedCall(stack, report) : undefined
  if (options.record !== undefined) {
    const { sampleRateHz, caller, agent } = audio
    await writeFile(options.record, writeWav({ sampleRateHz, channels: [caller, agent] }))
  }
  if (options.json) print(JSON.stringify({ type: 'report', ...summary, folder }))
  else print(describeReport(report))
  if (folder !== undefined) {
    process.stderr.write(`both directions, events and logs of this call: ${folder}\n`)
    return 1
  }
  return failure ? stoppedCode : 0
}
