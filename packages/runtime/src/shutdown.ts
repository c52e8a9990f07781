/** Resolves at the first SIGTERM or SIGINT. Later ones do not end the process either: it is closing. */
export function shutdownSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
}
