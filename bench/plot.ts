import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { readTrace } from './plot/decision-trace.ts'
import { drawPlot } from './plot/draw-plot.ts'
import { toPlotData } from './plot/plot-data.ts'
import { readRecording, recordingFolder } from './plot/recorded-call.ts'

const usage = `Draws a call: caller, agent, VAD, model and decisions on one time line, as SVG.

  ./trunkline bench plot CALL [--from S] [--to S] [--log FILE] [--out FILE.svg]

  CALL         id of a call that "./trunkline bench turns --keep" has kept
  --from, --to seconds of the recording; default all of it
  --log FILE   the agent's log, written with LOG_LEVEL=debug: model and decisions with their reasons;
               without it, what the events tell`

export const needsStack = false

/** `./trunkline bench plot`. */
export async function runBench(argv: string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      log: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const [callId] = positionals
  if (values.help || callId === undefined) {
    print(usage)
    return values.help ? 0 : 2
  }
  const call = await readRecording(callId)
  const jobIds = call.events.flatMap((event) => ('jobId' in event ? event.jobId : []))
  const trace =
    values.log === undefined ? [] : readTrace(await readFile(values.log, 'utf8'), jobIds)
  if (values.log !== undefined && trace.length === 0) {
    print('the log holds no decision of this call: was the agent started with LOG_LEVEL=debug?')
    return 1
  }
  const data = toPlotData({ ...call, trace })
  const ms = (seconds: string | undefined, otherwise: number) =>
    seconds === undefined ? otherwise : Number(seconds) * 1000
  const window = { fromMs: ms(values.from, 0), untilMs: ms(values.to, data.lengthMs) }
  if (!(window.untilMs > window.fromMs)) {
    print(usage)
    return 2
  }
  const file = values.out ?? join(recordingFolder(callId), 'call.svg')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, drawPlot(data, window))
  print(file)
  return 0
}
