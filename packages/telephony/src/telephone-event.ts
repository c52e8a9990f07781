const digits = '0123456789*#ABCD'
const volume = 10

/** One RFC 4733 telephone-event payload. `durationSamples` counts from the event's RTP timestamp, at 8 kHz. */
export interface TelephoneEvent {
  readonly digit: string
  readonly isEnd: boolean
  readonly durationSamples: number
}

/** Undefined for payloads that are cut short and for events that are no keys (fax, modem, trunk signals). */
export function decodeTelephoneEvent(payload: Uint8Array): TelephoneEvent | undefined {
  if (payload.length < 4) return undefined
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const digit = digits[view.getUint8(0)]
  if (digit === undefined) return undefined
  return { digit, isEnd: (view.getUint8(1) & 0x80) !== 0, durationSamples: view.getUint16(2) }
}

/** @throws {RangeError} for a character that is no key */
export function encodeTelephoneEvent(event: TelephoneEvent): Uint8Array {
  const code = digits.indexOf(event.digit.toUpperCase())
  if (code < 0 || event.digit.length !== 1) throw new RangeError('a key is one of 0-9 * # A-D')
  const payload = new Uint8Array(4)
  const view = new DataView(payload.buffer)
  view.setUint8(0, code)
  view.setUint8(1, (event.isEnd ? 0x80 : 0) | volume)
  view.setUint16(2, event.durationSamples)
  return payload
}

/** What goes out in one packet slot of a key sequence: an event packet, or nothing but the passing of time. */
export type KeySlot =
  | { readonly kind: 'event'; readonly event: TelephoneEvent; readonly isFirst: boolean }
  | { readonly kind: 'pause' }

export interface KeyTiming {
  /** How long each key is held; at least 40 ms (ITU-T Q.24), 100 by default. */
  readonly keyMs?: number
  /** Silence after each key; 100 by default. */
  readonly gapMs?: number
}

const slotMs = 20
const samplesPerSlot = 160
/** The last packet of an event goes out three times, since a lost end would leave the key held (RFC 4733, 2.5.1.4). */
const endRepeats = 3
const longPauseMs = 500

/**
 * Lays out a key sequence in slots of 20 ms. `w` and `,` are pauses of half a second.
 * @throws {RangeError} for a character that is neither key nor pause
 */
export function planKeys(keys: string, { keyMs = 100, gapMs = 100 }: KeyTiming = {}): KeySlot[] {
  const held = Math.max(2, Math.ceil(keyMs / slotMs))
  const pause = (ms: number): KeySlot[] =>
    Array.from({ length: Math.ceil(ms / slotMs) }, () => ({ kind: 'pause' }))
  return [...keys].flatMap((key): KeySlot[] => {
    if (key === 'w' || key === ',') return pause(longPauseMs)
    if (!digits.includes(key.toUpperCase())) {
      throw new RangeError('keys are 0-9 * # A-D; w and , are pauses of half a second')
    }
    const digit = key.toUpperCase()
    const packets = Array.from(
      { length: held + endRepeats - 1 },
      (_, index): KeySlot => ({
        kind: 'event',
        isFirst: index === 0,
        event: {
          digit,
          isEnd: index >= held - 1,
          durationSamples: Math.min(index + 1, held) * samplesPerSlot,
        },
      }),
    )
    return [...packets, ...pause(gapMs)]
  })
}

/**
 * Tells keys from packets: every packet of one key carries the same RTP timestamp, so a key is reported once, at the
 * first of its packets that arrives.
 */
export function createKeyReader(): (timestamp: number, payload: Uint8Array) => string | undefined {
  let last: number | undefined
  return (timestamp, payload) => {
    const event = decodeTelephoneEvent(payload)
    if (!event || timestamp === last) return undefined
    last = timestamp
    return event.digit
  }
}
