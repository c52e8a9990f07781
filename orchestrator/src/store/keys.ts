/** Names of the live call's Redis keys (design section 5). */
export const keys = {
  call: (id: string) => `call:${id}`,
  events: (id: string) => `call:${id}:events`,
  lease: (id: string) => `call:${id}:lease`,
  /** Not a key: the channel on which a process hears that a call is another one's now. */
  leaseNews: (holder: string) => `lease:${holder}`,
  room: (roomSid: string) => `room:${roomSid}`,
  /** Sorted set of call ids by creation, for listing. */
  index: 'calls',
} as const
