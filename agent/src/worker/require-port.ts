import { once } from 'node:events'
import { createServer } from 'node:net'

/** @throws {Error} that names the variable and why, when nobody can listen there */
export async function requirePort(
  variable: string,
  { host, port }: { host: string; port: number },
): Promise<void> {
  const server = createServer()
  try {
    await once(server.listen({ host, port }), 'listening')
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Error(`${variable}: nobody can listen on port ${port} of ${host} (${why})`, { cause })
  }
  server.close()
  await once(server, 'close')
}
