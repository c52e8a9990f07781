/** The two G.711 codecs by their RTP names (RFC 3551, section 4.5.14): 8 kHz, one byte a sample. */
export type G711Codec = 'PCMU' | 'PCMA'

const muLawBias = 0x84
const muLawClip = 32635

function decodeMuLawByte(byte: number): number {
  const code = ~byte & 0xff
  const magnitude = ((((code & 0x0f) << 3) + muLawBias) << ((code >> 4) & 7)) - muLawBias
  return code & 0x80 ? -magnitude : magnitude
}

// One's complement below zero keeps those intervals mirror images of the ones above it (ITU-T G.711).
function encodeMuLawSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(sample < 0 ? ~sample : sample, muLawClip) + muLawBias
  const segment = 31 - Math.clz32(magnitude) - 7
  const mantissa = (magnitude >> (segment + 3)) & 0x0f
  return ~(sign | (segment << 4) | mantissa) & 0xff
}

function decodeALawByte(byte: number): number {
  const code = byte ^ 0x55
  const segment = (code >> 4) & 7
  const base = ((code & 0x0f) << 4) + 8
  const magnitude = segment === 0 ? base : (base + 0x100) << (segment - 1)
  return code & 0x80 ? magnitude : -magnitude
}

function encodeALawSample(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80
  const magnitude = sample < 0 ? ~sample : sample
  const segment = Math.max(0, 31 - Math.clz32(magnitude | 1) - 7)
  const mantissa = (magnitude >> Math.max(4, segment + 3)) & 0x0f
  return (sign | (segment << 4) | mantissa) ^ 0x55
}

const byteTable = (decode: (byte: number) => number) =>
  Int16Array.from({ length: 256 }, (_, byte) => decode(byte))
const sampleTable = (encode: (sample: number) => number) =>
  Uint8Array.from({ length: 65536 }, (_, word) => encode((word << 16) >> 16))

const tables = {
  PCMU: { decode: byteTable(decodeMuLawByte), encode: sampleTable(encodeMuLawSample) },
  PCMA: { decode: byteTable(decodeALawByte), encode: sampleTable(encodeALawSample) },
} as const

/** The byte that stands for no sound: what a phone sends while nothing is played. */
export const g711Silence: Readonly<Record<G711Codec, number>> = { PCMU: 0xff, PCMA: 0xd5 }

/** 16-bit PCM at 8 kHz to G.711, one byte a sample (ITU-T G.711). */
export function encodeG711(codec: G711Codec, pcm: Int16Array): Uint8Array {
  const table = tables[codec].encode
  const bytes = new Uint8Array(pcm.length)
  for (let index = 0; index < pcm.length; index += 1) {
    bytes[index] = table[(pcm[index] ?? 0) & 0xffff] ?? 0
  }
  return bytes
}

/** G.711 to 16-bit PCM at 8 kHz. */
export function decodeG711(codec: G711Codec, bytes: Uint8Array): Int16Array {
  const table = tables[codec].decode
  const pcm = new Int16Array(bytes.length)
  for (let index = 0; index < bytes.length; index += 1) pcm[index] = table[bytes[index] ?? 0] ?? 0
  return pcm
}
