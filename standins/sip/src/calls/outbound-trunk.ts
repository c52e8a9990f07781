import type { CreateSIPParticipantRequest } from '@livekit/protocol'
import type { Credentials } from '@trunkline/telephony'
import { SipApiError } from '../errors.ts'
import type { Directory } from '../livekit/directory.ts'
import { toMs } from './duration.ts'

/** Where calls go out by. */
export interface Trunk {
  readonly host: string
  readonly port: number
  /** As it was configured: `host` or `host:port`. */
  readonly hostname: string
  /** The number that is shown when the request names none. */
  readonly number: string
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: Credentials | undefined
  readonly mediaTimeoutMs: number | undefined
}

const sipPort = 5060

/** The trunk that a request names, or describes itself. @throws {SipApiError} */
export async function readTrunk(
  directory: Directory,
  { sipTrunkId, trunk: inline }: CreateSIPParticipantRequest,
): Promise<Trunk> {
  if (inline) {
    const { hostname, authUsername, authPassword } = inline
    return { ...readAddress(hostname), ...common(hostname, authUsername, authPassword), number: '' }
  }
  const found = await directory.outboundTrunk(sipTrunkId).catch((cause: unknown) => {
    throw new SipApiError('unavailable', 'livekit-server does not say which trunks there are', {
      cause,
    })
  })
  if (!found) throw new SipApiError('not_found', 'requested sip trunk does not exist')
  const { address, authUsername, authPassword, numbers, headers, media } = found
  return {
    ...readAddress(address),
    ...common(address, authUsername, authPassword),
    ...{ number: numbers[0] ?? '', headers },
    mediaTimeoutMs: toMs(media?.mediaTimeout),
  }
}

function common(hostname: string, username: string, password: string) {
  const credentials = username && password ? { username, password } : undefined
  return { hostname, credentials, headers: {}, mediaTimeoutMs: undefined }
}

/** @throws {SipApiError} */
function readAddress(text: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(?:sips?:)?([^:;\s]+)(?::(\d{1,5}))?(?:;.*)?$/i.exec(text) ?? []
  if (host === undefined) throw new SipApiError('invalid_argument', 'the trunk has no address')
  return { host, port: port === undefined ? sipPort : Number(port) }
}
