import { createHash } from 'node:crypto'

/** What the room is told of a caller by name. */
export interface CallerName {
  readonly identity: string
  readonly name: string
}

/** A caller who is hidden is known by a hash, and by the number's last four digits. */
export function nameCaller(number: string, { isHidden }: { isHidden: boolean }): CallerName {
  if (!isHidden) return { identity: `sip_${number}`, name: `Phone ${number}` }
  const hash = createHash('sha256').update(number).digest('hex').slice(0, 16)
  return { identity: `sip_${hash}`, name: `Phone ${number.slice(number.length > 4 ? -4 : -1)}` }
}
