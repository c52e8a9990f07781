/** PostgreSQL's own wire protocol on its way to PGlite's thread. `connection` counts from 1. */
export type ToPglite =
  | { readonly type: 'bytes'; readonly connection: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The connection has ended; what it has not committed is rolled back. */
  | { readonly type: 'end'; readonly connection: number }
  | { readonly type: 'close' }

export type FromPglite =
  | { readonly type: 'ready' }
  | { readonly type: 'bytes'; readonly connection: number; readonly bytes: Uint8Array<ArrayBuffer> }
