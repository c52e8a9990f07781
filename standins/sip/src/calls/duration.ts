/** A protobuf duration. */
interface Duration {
  readonly seconds: bigint
  readonly nanos: number
}

/** A protobuf duration in milliseconds; undefined for none and for zero, which stands for none. */
export function toMs(duration: Duration | undefined): number | undefined {
  if (!duration) return undefined
  const ms = Number(duration.seconds) * 1000 + Math.floor(duration.nanos / 1e6)
  return ms > 0 ? ms : undefined
}
