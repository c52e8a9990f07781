import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { FromPglite, ToPglite } from './pglite-messages.ts'

/** The thread that PGlite runs in; its own main, as `src/main.ts` is the process's. */
async function run(port: NonNullable<typeof parentPort>, folder: string): Promise<void> {
  const pglite = await PGlite.create(folder)
  const tell = (message: FromPglite) =>
    port.postMessage(message, message.type === 'bytes' ? [message.bytes.buffer] : [])
  const handle = async (message: ToPglite) => {
    switch (message.type) {
      case 'bytes': {
        const answer = await pglite.execProtocolRaw(message.bytes)
        // A copy: what PGlite gives is a view of memory that it uses again.
        if (answer.length > 0) tell({ ...message, bytes: answer.slice() })
        return
      }
      case 'end':
        // There is one session for all connections: the next one begins as on a new one.
        await pglite.exec('rollback')
        await pglite.exec('discard all')
        return
      case 'close':
        await pglite.close()
        port.close()
        return
      default:
        message satisfies never
    }
  }
  let last = Promise.resolve()
  port.on('message', (message: ToPglite) => {
    // A failure is one of PGlite itself, not of a query: it ends the thread, which its connections hear of.
    last = last.then(() => handle(message))
  })
  tell({ type: 'ready' })
}

const folder: unknown = workerData
if (!parentPort || typeof folder !== 'string') throw new TypeError('this is a worker’s main')
await run(parentPort, folder)
