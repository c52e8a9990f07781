import { speechSampleRateHz } from '../speaking/synthesizer.ts'

const windowMs = 10
/** A pause between sentences or clauses; shorter ones lie inside words. */
const pauseMs = 120
/** Mean level below which nothing is said. */
const quietLevel = 150

/** The beginning of s16le speech of at most `maxMs`, ended at its last pause before that; whole when it is short. */
export function cutAtPause(pcm: Uint8Array, { maxMs }: { maxMs: number }): Uint8Array {
  const bytesPerWindow = (speechSampleRateHz / 1000) * windowMs * 2
  const windows = Math.floor(maxMs / windowMs)
  if (pcm.byteLength <= windows * bytesPerWindow) return pcm
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength)
  let quiet = 0
  let pauseAt: number | undefined
  for (let index = 0; index < windows; index += 1) {
    quiet = level(view, index * bytesPerWindow, bytesPerWindow) < quietLevel ? quiet + 1 : 0
    if (quiet * windowMs >= pauseMs) pauseAt = index + 1
  }
  return pcm.subarray(0, (pauseAt ?? windows) * bytesPerWindow)
}

function level(view: DataView, offset: number, bytes: number): number {
  let sum = 0
  for (let place = offset; place < offset + bytes; place += 2) {
    sum += Math.abs(view.getInt16(place, true))
  }
  return (sum * 2) / bytes
}
