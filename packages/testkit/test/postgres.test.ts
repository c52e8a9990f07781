import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { needs } from '../src/needs.ts'
import { startPostgres } from '../src/postgres.ts'

describe('startPostgres', needs(['postgres']), () => {
  it('listens at its url, also when the test runs as root, and is gone after stop', async () => {
    const postgres = await startPostgres()
    const { port } = new URL(postgres.url)
    const reach = () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.destroy()
          resolve(true)
        })
        socket.on('error', () => resolve(false))
      })
    expect(await reach()).toBe(true)
    await postgres.stop()
    expect(await reach()).toBe(false)
  })
})
