import { EventEmitter } from 'node:events'

/** What of rtc-node's `Room` this needs. */
export interface LeavableRoom {
  disconnect(): Promise<void>
}

/**
 * Disconnects from a room of rtc-node, and takes its listener off the native client. rtc-node 0.13.35 does that itself
 * only where we are the first to go: `disconnect` returns at once for a room that its server has ended, which then stays
 * in memory and looks at every event of all rooms to come.
 */
export async function leaveRoom(room: LeavableRoom): Promise<void> {
  await room.disconnect()
  const listener: unknown = Reflect.get(room, 'onFfiEvent')
  // `FfiClient.instance`, which rtc-node keeps here and does not export.
  const client: unknown = Reflect.get(globalThis, '_ffiClientInstance')
  if (client instanceof EventEmitter && isListener(listener)) client.off('ffi_event', listener)
}

function isListener(value: unknown): value is (event: unknown) => void {
  return typeof value === 'function'
}
