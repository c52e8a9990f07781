/** Samples of a WAV file, one array a channel. */
export interface Wav {
  readonly sampleRateHz: number
  readonly channels: readonly Int16Array[]
}

/** A WAV file that cannot be used; the message says what is wrong and how to convert it. */
export class WavError extends Error {
  override readonly name = 'WavError'
}

interface Format {
  readonly tag: number
  readonly channels: number
  readonly sampleRateHz: number
  readonly bits: number
}

const pcmTag = 1
const extensibleTag = 0xfffe
const formatNames: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  3: 'floating point',
  6: 'G.711 A-law',
  7: 'G.711 µ-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  85: 'MP3',
}

/**
 * Reads 16-bit PCM of any rate and number of channels. A data chunk without a length (written to a pipe) or cut
 * short gives the samples that are there.
 * @throws {WavError} for anything else
 */
export function readWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = fourCharacters(view, 0)
  if (magic === 'RF64' || magic === 'RIFX') throw new WavError(`is ${magic}, not RIFF`)
  if (magic !== 'RIFF' || fourCharacters(view, 8) !== 'WAVE') {
    throw new WavError('is not a WAV file')
  }
  let format: Format | undefined
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const id = fourCharacters(view, offset)
    const length = view.getUint32(offset + 4, true)
    const body = offset + 8
    if (id === 'fmt ') format = readFormat(view, body, length)
    if (id === 'data') {
      if (!format) throw new WavError('has its samples before their format')
      return {
        sampleRateHz: format.sampleRateHz,
        channels: readSamples(view, body, length, format),
      }
    }
    offset = body + length + (length % 2)
  }
  throw new WavError(format ? 'holds no samples' : 'does not say its format')
}

/**
 * Reads a file to be played on a telephone: 16-bit PCM, one channel, any rate.
 * @throws {WavError} naming what is wrong and the commands that convert it
 */
export function readMonoWav(
  bytes: Uint8Array,
  file: string,
): { pcm: Int16Array; sampleRateHz: number } {
  const fault = (what: string) =>
    new WavError(
      `${file} ${what}; needed is a WAV file with 16-bit PCM and one channel. Convert it with\n` +
        `  ffmpeg -i ${quote(file)} -ac 1 -c:a pcm_s16le phone.wav\n` +
        `or\n  sox ${quote(file)} -c 1 -b 16 -e signed-integer phone.wav`,
    )
  let wav: Wav
  try {
    wav = readWav(bytes)
  } catch (error) {
    if (error instanceof WavError) throw fault(error.message)
    throw error
  }
  const [pcm] = wav.channels
  if (!pcm || wav.channels.length > 1) throw fault(`has ${wav.channels.length} channels`)
  if (pcm.length === 0) throw fault('holds no samples')
  return { pcm, sampleRateHz: wav.sampleRateHz }
}

/** 16-bit PCM as a WAV file; shorter channels are filled up with silence. */
export function writeWav({ sampleRateHz, channels }: Wav): Uint8Array {
  const frames = Math.max(0, ...channels.map((channel) => channel.length))
  const frameBytes = channels.length * 2
  const view = new DataView(new ArrayBuffer(44 + frames * frameBytes))
  const header = ['RIFF', 36 + frames * frameBytes, 'WAVE', 'fmt ', 16]
  header.forEach((field, index) => {
    if (typeof field === 'number') view.setUint32(index * 4, field, true)
    else for (let at = 0; at < 4; at += 1) view.setUint8(index * 4 + at, field.charCodeAt(at))
  })
  view.setUint16(20, pcmTag, true)
  view.setUint16(22, channels.length, true)
  view.setUint32(24, sampleRateHz, true)
  view.setUint32(28, sampleRateHz * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, 16, true)
  for (let at = 0; at < 4; at += 1) view.setUint8(36 + at, 'data'.charCodeAt(at))
  view.setUint32(40, frames * frameBytes, true)
  channels.forEach((channel, index) => {
    for (let frame = 0; frame < channel.length; frame += 1) {
      view.setInt16(44 + frame * frameBytes + index * 2, channel[frame] ?? 0, true)
    }
  })
  return new Uint8Array(view.buffer)
}

function readFormat(view: DataView, offset: number, length: number): Format {
  if (length < 16 || offset + length > view.byteLength) throw new WavError('has a broken header')
  let tag = view.getUint16(offset, true)
  // WAVE_FORMAT_EXTENSIBLE keeps the real tag in the first two bytes of its sub-format.
  if (tag === extensibleTag && length >= 26) tag = view.getUint16(offset + 24, true)
  const format = {
    tag,
    channels: view.getUint16(offset + 2, true),
    sampleRateHz: view.getUint32(offset + 4, true),
    bits: view.getUint16(offset + 14, true),
  }
  if (tag !== pcmTag) {
    throw new WavError(`holds ${formatNames[tag] ?? `format ${tag}`} instead of PCM`)
  }
  if (format.bits !== 16) throw new WavError(`has samples of ${format.bits} bits`)
  if (format.channels === 0) throw new WavError('has no channel')
  if (format.sampleRateHz < 1000 || format.sampleRateHz > 384_000) {
    throw new WavError(`has a sample rate of ${format.sampleRateHz} Hz`)
  }
  return format
}

function readSamples(view: DataView, offset: number, length: number, format: Format): Int16Array[] {
  const available = Math.min(length, view.byteLength - offset)
  const frames = Math.floor(
    (length === 0 ? view.byteLength - offset : available) / (format.channels * 2),
  )
  return Array.from({ length: format.channels }, (_, channel) =>
    Int16Array.from({ length: frames }, (_unused, frame) =>
      view.getInt16(offset + (frame * format.channels + channel) * 2, true),
    ),
  )
}

function fourCharacters(view: DataView, offset: number): string {
  if (offset + 4 > view.byteLength) return ''
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)))
}

function quote(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`
}
