import { randomInt } from 'node:crypto'

const characters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Twelve letters and digits, as livekit ends its ids with. */
export function randomName(): string {
  return Array.from({ length: 12 }, () => characters[randomInt(characters.length)]).join('')
}

/** `SCL_…`: what livekit calls a SIP call. */
export function newCallId(): string {
  return `SCL_${randomName()}`
}
