/**
 * - `in-use`: another process has the embedded database open
 * - `unreachable`: PostgreSQL does not answer or refuses us
 * - `migration`: a migration failed, or one that was applied has been changed since
 */
export type DatabaseErrorCode = 'in-use' | 'unreachable' | 'migration'

/** The database could not be opened; `message` is ready to print and holds no password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
