/** Programs that are not ours and not npm's. */
export const toolNames = ['redis-server', 'livekit-server', 'livekit-sip', 'espeak-ng'] as const
export type ToolName = (typeof toolNames)[number]

export const livekitVersion = 'v1.13.5'

export interface Tool {
  readonly name: ToolName
  readonly apt?: readonly string[]
  readonly brew?: string
  readonly image?: string
  /** Main package for `go install`; what it builds is called after its last folder. */
  readonly go?: { readonly package: string; readonly minor: number }
  /** Shared libraries Debian's package of that name brings; the program does not start without. */
  readonly libraries?: readonly string[]
  /** What is off without it; a tool without this sentence must be there. */
  readonly without?: string
}

export const tools: Readonly<Record<ToolName, Tool>> = {
  'redis-server': {
    name: 'redis-server',
    apt: ['redis-server'],
    brew: 'redis',
    image: 'redis:7-alpine',
  },
  'livekit-server': {
    name: 'livekit-server',
    go: {
      package: `github.com/livekit/livekit-server/cmd/server@${livekitVersion}`,
      minor: 26,
    },
    brew: 'livekit',
    image: `livekit/livekit-server:${livekitVersion}`,
  },
  'livekit-sip': {
    name: 'livekit-sip',
    image: 'livekit/sip:v1.11.0',
    libraries: ['libopus0', 'libopusfile0', 'libsoxr0'],
    without: 'a stand-in takes the telephone calls (standins/sip: UDP only, and no SRTP)',
  },
  'espeak-ng': {
    name: 'espeak-ng',
    apt: ['espeak-ng'],
    brew: 'espeak-ng',
    without: 'the stand-in speaks English only',
  },
}
