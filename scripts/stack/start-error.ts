/** Why a stack cannot be started; `message` is ready to print. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
