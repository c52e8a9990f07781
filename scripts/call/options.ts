import { parseArgs } from 'node:util'
import type { RoughPathOptions } from '@trunkline/telephony'

/** What the caller does, in order. */
export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'play'; readonly file: string }
  | { readonly kind: 'dtmf'; readonly keys: string }
  /** Speaks over the agent `afterMs` after its reply has begun. */
  | { readonly kind: 'interrupt'; readonly text: string; readonly afterMs: number }

export interface CallArguments {
  readonly steps: readonly Step[]
  readonly via: 'sip' | 'room'
  readonly number: string | undefined
  readonly voice: string | undefined
  readonly language: string
  readonly record: string | undefined
  /** What the telephone's packets meet on their way; undefined: nothing. */
  readonly network: RoughPathOptions | undefined
  readonly mic: boolean
  readonly json: boolean
  /** How long to wait for the answer and for each reply. */
  readonly timeoutMs: number
  readonly help: boolean
}

/** What was typed cannot be understood; the message is ready to print. */
export class CallUsageError extends Error {
  override readonly name = 'CallUsageError'
}

export const callUsage = `Rings the line of a running stack and prints the conversation.

  ./trunkline call [OPTION]...

What the caller does, any number of each, in the order given, each after the agent has finished:
  --say TEXT             speaks the text with a voice of the stack's speech server
  --play FILE.wav        plays a WAV file (16-bit PCM, one channel, any rate)
  --dtmf KEYS            presses keys: 0-9 * # A-D; w and , pause half a second
  --interrupt "TEXT"@S   speaks over the agent S seconds after its next words have begun
How:
  --room                 as a WebRTC room participant instead of SIP
  --mic                  with this machine's microphone (arecord, sox or ffmpeg); Ctrl-C hangs up
  --number NUMBER        another number than the stack's own
  --loss PERCENT         loses this share of the RTP packets, both ways
  --jitter MS            delays each RTP packet by up to this, both ways
  --voice NAME           the caller's voice; by default one that differs from the agent's
  --language TAG         language of the caller's voice; default en
  --timeout SECONDS      how long to wait for the answer and for each reply; default 20
What is left of it:
  --record OUT.wav       both directions: caller left, agent right, 8 kHz
  --json                 JSON lines instead of text: {"type":"event",…} as the call goes on, and
                         {"type":"report",…} with timings and measured turns at the end

After the last step it waits for the reply's end and hangs up, unless the agent does so first.
Exit code 0: the call went as asked; 1: it failed, and a folder with both WAVs, events and logs is
printed; 2: an option was wrong; 130: it was stopped.`

const options = {
  say: { type: 'string', multiple: true },
  play: { type: 'string', multiple: true },
  dtmf: { type: 'string', multiple: true },
  interrupt: { type: 'string', multiple: true },
  room: { type: 'boolean' },
  mic: { type: 'boolean' },
  number: { type: 'string' },
  loss: { type: 'string' },
  jitter: { type: 'string' },
  voice: { type: 'string' },
  language: { type: 'string' },
  timeout: { type: 'string' },
  record: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** @throws {CallUsageError} */
export function readCallArguments(argv: readonly string[]): CallArguments {
  const { values, tokens } = parse(argv)
  const steps = tokens.flatMap((token) =>
    token.kind === 'option' && token.value !== undefined ? readStep(token.name, token.value) : [],
  )
  const seconds = Number(values.timeout ?? '20')
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new CallUsageError('--timeout wants seconds, more than 0 and at most 3600')
  }
  if (values.mic && steps.length > 0) {
    throw new CallUsageError('--mic is a conversation of its own: leave --say, --play, … away')
  }
  return {
    steps,
    via: values.room ? 'room' : 'sip',
    number: values.number,
    voice: values.voice,
    language: values.language ?? 'en',
    record: values.record,
    network: readNetwork(values),
    mic: values.mic ?? false,
    json: values.json ?? false,
    timeoutMs: seconds * 1000,
    help: values.help ?? false,
  }
}

function readNetwork(values: {
  loss?: string | undefined
  jitter?: string | undefined
  room?: boolean | undefined
}): RoughPathOptions | undefined {
  const { loss, jitter, room } = values
  if (loss === undefined && jitter === undefined) return undefined
  if (room)
    throw new CallUsageError('--loss and --jitter are for telephone calls: leave --room away')
  const percent = Number(loss ?? 0)
  if (!(percent >= 0 && percent < 100)) {
    throw new CallUsageError('--loss wants a percentage from 0 to less than 100')
  }
  const jitterMs = Number(jitter ?? 0)
  if (!(jitterMs >= 0 && jitterMs <= 1000)) {
    throw new CallUsageError('--jitter wants milliseconds, 1000 at most')
  }
  return { lossRate: percent / 100, jitterMs }
}

function readStep(name: string, value: string): Step[] {
  switch (name) {
    case 'say':
      if (value.trim() === '') throw new CallUsageError('--say wants words')
      return [{ kind: 'say', text: value }]
    case 'play':
      return [{ kind: 'play', file: value }]
    case 'dtmf':
      if (!/^[0-9*#A-Da-dw,]+$/.test(value)) {
        throw new CallUsageError('--dtmf wants keys: 0-9 * # A-D; w and , pause half a second')
      }
      return [{ kind: 'dtmf', keys: value }]
    case 'interrupt': {
      const match = /^"?(.*?)"?@(\d+(?:\.\d+)?)$/s.exec(value)
      const text = match?.[1]?.trim() ?? ''
      if (!match || text === '') {
        throw new CallUsageError('--interrupt wants "TEXT"@SECONDS, for example "Wait."@0.8')
      }
      return [{ kind: 'interrupt', text, afterMs: Math.round(Number(match[2]) * 1000) }]
    }
    default:
      return []
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, tokens: true, allowPositionals: false })
  } catch (error) {
    // Only its first sentence: what follows explains parseArgs to programmers.
    const message = error instanceof Error ? error.message : String(error)
    throw new CallUsageError(message.split('. ')[0] ?? message)
  }
}
