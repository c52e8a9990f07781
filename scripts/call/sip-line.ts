import type { Stack } from '@trunkline/contracts'
import {
  createPhone,
  createRoughPath,
  findLocalAddress,
  type G711Codec,
  PhoneError,
  type RoughPathOptions,
  type SipTrace,
} from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'
import type { Line } from './line.ts'

export interface SipLineOptions {
  readonly number?: string | undefined
  readonly from?: string | undefined
  readonly password?: string | undefined
  readonly codecs?: readonly G711Codec[] | undefined
  /** What RTP packets meet on their way, both ways. */
  readonly network?: RoughPathOptions | undefined
  readonly ringTimeoutMs: number
  readonly signal: AbortSignal
}

/** A number that the German regulator keeps for fiction. */
const defaultFrom = '+493023125000'

/**
 * Rings the stack's number over SIP.
 * @throws {CallFailure} `not-ready` when the stack has no telephone line or nothing answers there
 */
export async function openSipLine(stack: Stack, options: SipLineOptions): Promise<Line> {
  const { sip } = stack
  if (!sip) {
    const hint =
      'LiveKit runs elsewhere, so this stack has no telephone line of its own; try --room'
    throw new CallFailure('not-ready', hint)
  }
  const { host, port } = sip
  const trace: string[] = []
  const phone = await createPhone({
    host: await findLocalAddress(host),
    onTrace: (entry) => trace.push(describeTrace(entry)),
    ...(options.network ? { rtpPath: createRoughPath(options.network) } : {}),
    onFault: (fault) => trace.push(`ignored: ${fault}`),
  })
  try {
    await phone.ping({ host, port })
    const { number = sip.number, from = defaultFrom, password = sip.password } = options
    const call = await phone.call({
      to: number,
      from,
      host,
      port,
      credentials: { username: sip.username, password },
      ...(options.codecs ? { codecs: options.codecs } : {}),
      ringTimeoutMs: options.ringTimeoutMs,
      signal: options.signal,
      record: true,
    })
    const { play, sendDtmf, hangup, audio, answered, ended, recording, timings } = call
    return {
      get state() {
        return call.state
      },
      ...{ play, sendDtmf, hangup, audio, answered, ended, recording, timings },
      query: { sipCallId: call.id },
      trace,
      close: () => phone.close(),
    }
  } catch (error) {
    await phone.close()
    if (!(error instanceof PhoneError)) throw error
    const hint = `nothing answers SIP at ${host}:${port}; "./trunkline status" says what runs`
    throw new CallFailure('not-ready', hint, { cause: error })
  }
}

function describeTrace({ at, direction, peer, text }: SipTrace): string {
  const arrow = direction === 'sent' ? '→' : '←'
  return `${new Date(at).toISOString()} ${arrow} ${peer.host}:${peer.port}\n${text.trimEnd()}\n`
}
