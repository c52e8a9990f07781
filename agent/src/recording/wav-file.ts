import { open, rename, rm } from 'node:fs/promises'

/** A WAV file that grows. After every `append` its header is true, so that a killed process leaves a whole file. */
export interface WavFile {
  readonly bytes: number
  append(interleaved: Int16Array): Promise<void>
  /** Ends it under its own name. */
  finish(): Promise<void>
  remove(): Promise<void>
}

const headerBytes = 44
/** The sizes in the header have 32 bits. */
const maxBytes = 0xffff_ffff

/** What the name of a file ends with while it grows. */
export const growing = '.part'

/** Makes `<path>.part`, 16-bit PCM in two channels. @throws when there is no room, or one is there already */
export async function createWavFile(
  path: string,
  { sampleRateHz }: { sampleRateHz: number },
): Promise<WavFile> {
  const file = await open(`${path}${growing}`, 'wx', 0o600)
  let bytes = headerBytes
  const writeHeader = () =>
    file.write(toHeader(bytes - headerBytes, sampleRateHz), 0, headerBytes, 0)
  const remove = async () => {
    await file.close()
    await rm(`${path}${growing}`, { force: true })
  }
  try {
    await writeHeader()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    get bytes() {
      return bytes
    },
    async append(interleaved) {
      if (interleaved.length === 0 || bytes + interleaved.byteLength > maxBytes) return
      const { buffer, byteOffset, byteLength } = interleaved
      await file.write(new Uint8Array(buffer, byteOffset, byteLength), 0, byteLength, bytes)
      bytes += byteLength
      await writeHeader()
    },
    async finish() {
      await file.close()
      await rename(`${path}${growing}`, path)
    },
    remove,
  }
}

function toHeader(dataBytes: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(2, 22) // channels
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * 4, 28)
  header.writeUInt16LE(4, 32) // bytes of one sample of both
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
