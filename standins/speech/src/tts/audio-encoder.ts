import { AudioEncoding } from '@trunkline/riva'
import { encodeG711 } from '@trunkline/telephony'
import { SpeechError } from '../errors.ts'

/** @throws {SpeechError} `invalid-request` for what is not written here */
export function createAudioEncoder(encoding: AudioEncoding): (pcm: Int16Array) => Uint8Array {
  switch (encoding) {
    case AudioEncoding.ENCODING_UNSPECIFIED:
    case AudioEncoding.LINEAR_PCM:
      return (pcm) => new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength)
    case AudioEncoding.MULAW:
      return (pcm) => encodeG711('PCMU', pcm)
    case AudioEncoding.ALAW:
      return (pcm) => encodeG711('PCMA', pcm)
    default:
      throw new SpeechError('invalid-request', 'Only LINEAR_PCM, MULAW and ALAW are supported')
  }
}
