/** Samples of one frame given to the room: 20 ms at 24 kHz. */
export const frameSamples = 480
export const frameMs = 20

/**
 * Cuts s16le PCM in pieces of any size into frames of 20 ms; the last is filled up with silence. Bytes are copied
 * once, because a piece may begin at an odd offset.
 */
export async function* toFrames(
  pcm: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Int16Array> {
  let frame = new Int16Array(frameSamples)
  let bytes = new Uint8Array(frame.buffer)
  let filled = 0
  for await (const piece of pcm) {
    for (let offset = 0; offset < piece.byteLength; ) {
      const taken = Math.min(bytes.byteLength - filled, piece.byteLength - offset)
      bytes.set(piece.subarray(offset, offset + taken), filled)
      offset += taken
      filled += taken
      if (filled === bytes.byteLength) {
        yield frame
        frame = new Int16Array(frameSamples)
        bytes = new Uint8Array(frame.buffer)
        filled = 0
      }
    }
  }
  if (filled > 1) yield frame
}
