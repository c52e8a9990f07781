export interface DisposalStack {
  /** Runs `dispose` at close, after everything that was deferred later. */
  defer(dispose: () => void | Promise<void>): void
  /** Closes in reverse order, once; every disposer runs even when one throws. */
  close(): Promise<void>
}

/** `await using` without the syntax, which native type stripping cannot run on Node 22. */
export function createDisposalStack(): DisposalStack {
  const disposers: (() => void | Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const closeAll = async () => {
    const errors: unknown[] = []
    for (let dispose = disposers.pop(); dispose; dispose = disposers.pop()) {
      try {
        await dispose()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'closing failed')
  }
  return {
    defer(dispose) {
      disposers.push(dispose)
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}

/**
 * Builds a service that is closed by its stack. When a part cannot be built, those before it are closed: nothing of a
 * half-built service keeps its process alive, or goes on working in it. @throws what `build` threw
 */
export async function buildOrClose<T>(build: (stack: DisposalStack) => Promise<T>): Promise<T> {
  const stack = createDisposalStack()
  try {
    return await build(stack)
  } catch (error) {
    await stack.close().catch(() => {}) // why it could not be built is what counts
    throw error
  }
}
