export interface HttpServer {
  close(): PromiseLike<unknown>
  readonly server: { closeAllConnections(): void }
}

/**
 * Stops a fastify server: requests under way may finish for `drainMs`, then connections are cut. Without the bound a
 * client's spare connection that never sent a request holds the server open (Node counts it as busy).
 */
export async function closeHttp(app: HttpServer, { drainMs }: { drainMs: number }): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), drainMs)
  try {
    await app.close()
  } finally {
    clearTimeout(timer)
  }
}
