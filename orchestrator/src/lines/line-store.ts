import type { Line } from '@trunkline/contracts'

/** The lines as they are now; a changed file is used by the next call. */
export interface LineStore {
  byId(id: string): Line | undefined
  /** `number` as dialled: `+`, spaces and hyphens do not matter. */
  byNumber(number: string): Line | undefined
  all(): readonly Line[]
  close(): Promise<void>
}
