/** What a token may be for: jobs' channels, operators' calls, or senders of events. */
export const roles = ['agent', 'operator', 'events'] as const
export type Role = (typeof roles)[number]
