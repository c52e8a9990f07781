import { AudioEncoding } from '@trunkline/riva'
import { createResampler, decodeG711, type Resampler } from '@trunkline/telephony'
import { SpeechError } from '../errors.ts'
import { readWavHeader } from './wav-header.ts'

export const modelRateHz = 16_000
const minRateHz = 8_000
const maxRateHz = 48_000

export interface AudioFormat {
  readonly encoding: AudioEncoding
  /** 0 when the audio's own header says it. */
  readonly sampleRateHz: number
  /** 0 and 1 are mono. */
  readonly channelCount: number
}

/** Bytes of one stream, cut anywhere, to 16 kHz mono. */
export interface AudioDecoder {
  /** @throws {SpeechError} `invalid-request` when the audio is of a kind that is not understood */
  push(bytes: Uint8Array): Int16Array
  flush(): Int16Array
}

type SampleReader = (bytes: Uint8Array) => Int16Array

/** @throws {SpeechError} `invalid-request`, with what is possible instead */
export function createAudioDecoder(format: AudioFormat): AudioDecoder {
  if (format.channelCount > 1) throw invalid('Only mono audio is supported')
  const isHeaderAllowed =
    format.encoding === AudioEncoding.LINEAR_PCM ||
    format.encoding === AudioEncoding.ENCODING_UNSPECIFIED
  let stage = isHeaderAllowed
    ? undefined
    : {
        read: readerOf(format.encoding),
        resampler: resamplerFrom(format.sampleRateHz || minRateHz),
      }
  if (format.sampleRateHz !== 0) resamplerFrom(format.sampleRateHz)
  let head = new Uint8Array()

  return {
    push(bytes) {
      if (stage) return stage.resampler.push(stage.read(bytes))
      head = concat(head, bytes)
      const header = readWavHeader(head)
      if (header.kind === 'incomplete') return new Int16Array()
      if (header.kind === 'none') {
        if (format.encoding === AudioEncoding.ENCODING_UNSPECIFIED && format.sampleRateHz === 0) {
          throw invalid(
            'encoding and sample_rate_hertz are unset, and the audio has no RIFF header',
          )
        }
        stage = {
          read: readerOf(AudioEncoding.LINEAR_PCM),
          resampler: resamplerFrom(format.sampleRateHz || modelRateHz),
        }
      } else {
        if (header.channels !== 1) throw invalid('Only mono audio is supported')
        stage = { read: readerOf(header.encoding), resampler: resamplerFrom(header.sampleRateHz) }
      }
      const rest = head.subarray(header.dataOffset)
      head = new Uint8Array()
      return stage.resampler.push(stage.read(rest))
    },
    flush: () => stage?.resampler.flush() ?? new Int16Array(),
  }
}

function resamplerFrom(fromHz: number): Resampler {
  if (fromHz < minRateHz || fromHz > maxRateHz) {
    throw invalid(`sample_rate_hertz must be between ${minRateHz} and ${maxRateHz}`)
  }
  return createResampler({ fromHz, toHz: modelRateHz })
}

function readerOf(encoding: AudioEncoding): SampleReader {
  switch (encoding) {
    case AudioEncoding.ENCODING_UNSPECIFIED:
    case AudioEncoding.LINEAR_PCM:
      return createLinearReader()
    case AudioEncoding.MULAW:
      return (bytes) => decodeG711('PCMU', bytes)
    case AudioEncoding.ALAW:
      return (bytes) => decodeG711('PCMA', bytes)
    default:
      throw invalid('Only LINEAR_PCM, MULAW and ALAW are supported')
  }
}

/** Little-endian 16 bit; a chunk may end in the middle of a sample. */
function createLinearReader(): SampleReader {
  let odd: number | undefined
  return (bytes) => {
    const whole = odd === undefined ? bytes : concat(Uint8Array.of(odd), bytes)
    odd = whole.length % 2 === 1 ? whole.at(-1) : undefined
    const count = whole.length >> 1
    // Copied: an Int16Array needs an even offset, which a gRPC message in its buffer seldom has.
    const pcm = new Int16Array(count)
    new Uint8Array(pcm.buffer).set(whole.subarray(0, 2 * count))
    return pcm
  }
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}

const invalid = (message: string) => new SpeechError('invalid-request', message)
