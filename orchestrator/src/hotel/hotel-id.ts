import { posix } from 'node:path'
import type { Line } from '@trunkline/contracts'

/** The hotel a line sells: its data file without the ending, so lines that share the file share the rooms. */
export function hotelIdOf(line: Pick<Line, 'hotel'>): string {
  return posix.normalize(line.hotel.data.replaceAll('\\', '/')).replace(/\.ya?ml$/, '')
}
