import { AudioEncoding } from '@trunkline/riva'
import { SpeechError } from '../errors.ts'

export type WavHeader =
  /** More bytes are needed to tell. */
  | { readonly kind: 'incomplete' }
  /** These bytes are samples. */
  | { readonly kind: 'none'; readonly dataOffset: 0 }
  | {
      readonly kind: 'wav'
      readonly encoding: AudioEncoding
      readonly sampleRateHz: number
      readonly channels: number
      /** Where the samples begin. */
      readonly dataOffset: number
    }

const encodings: Readonly<Record<number, AudioEncoding>> = {
  1: AudioEncoding.LINEAR_PCM,
  6: AudioEncoding.ALAW,
  7: AudioEncoding.MULAW,
}
const extensible = 0xfffe
/** A header with more chunks in front of its samples than this is none. */
const maxHeaderBytes = 65_536

/**
 * Looks for a WAV file's header at the start of a stream: NVIDIA's file clients send the file as it is and leave
 * encoding and rate unset.
 * @throws {SpeechError} `invalid-request` for a WAV file of another kind
 */
export function readWavHeader(bytes: Uint8Array): WavHeader {
  const text = (offset: number) => String.fromCharCode(...bytes.subarray(offset, offset + 4))
  if (!'RIFF'.startsWith(text(0))) return { kind: 'none', dataOffset: 0 }
  if (bytes.length < 12) return { kind: 'incomplete' }
  if (text(8) !== 'WAVE') return { kind: 'none', dataOffset: 0 }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: { encoding: AudioEncoding; sampleRateHz: number; channels: number } | undefined
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const size = view.getUint32(offset + 4, true)
    const body = offset + 8
    if (text(offset) === 'data') {
      if (!format) throw invalid('the WAV header has its samples before their format')
      return { kind: 'wav', ...format, dataOffset: body }
    }
    if (text(offset) === 'fmt ') {
      if (bytes.length < body + Math.min(size, 26)) return { kind: 'incomplete' }
      format = readFormat(view, body, size)
    }
    offset = body + size + (size % 2)
    if (offset > maxHeaderBytes) throw invalid('the WAV header is too long')
  }
  return { kind: 'incomplete' }
}

function readFormat(view: DataView, body: number, size: number) {
  if (size < 16) throw invalid('the WAV header is broken')
  const tag = view.getUint16(body, true)
  const encoding =
    encodings[tag === extensible && size >= 26 ? view.getUint16(body + 24, true) : tag]
  const bits = view.getUint16(body + 14, true)
  const wantedBits = encoding === AudioEncoding.LINEAR_PCM ? 16 : 8
  if (encoding === undefined || bits !== wantedBits) {
    throw invalid('the WAV audio is neither 16-bit PCM nor G.711')
  }
  return {
    encoding,
    sampleRateHz: view.getUint32(body + 4, true),
    channels: view.getUint16(body + 2, true),
  }
}

const invalid = (message: string) => new SpeechError('invalid-request', message)
