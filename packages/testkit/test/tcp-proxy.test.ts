import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../src/free-port.ts'
import { startTcpProxy } from '../src/network/tcp-proxy.ts'

/** A server that answers each connection with its name and then everything it is sent. */
async function startEcho(name: string): Promise<number> {
  const server = createServer((socket) => {
    socket.write(`${name};`)
    socket.on('error', () => {}) // the tests cut connections
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port')
  return address.port
}

async function startProxy(ports: readonly number[]) {
  const proxy = await startTcpProxy(ports.map((port) => ({ port })))
  onTestFinished(() => proxy.close())
  return proxy
}

/** Connects and reads until there are `length` characters. */
async function open(
  port: number,
): Promise<{ socket: Socket; read(length: number): Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    text += String(chunk)
  })
  socket.on('error', () => {}) // `close` is what the tests look at
  onTestFinished(() => void socket.destroy())
  return {
    socket,
    async read(length) {
      while (text.length < length) await once(socket, 'data')
      return text
    },
  }
}

describe('startTcpProxy', () => {
  it('gives connections to its backends in turn, and passes over one that refuses', async () => {
    const [first, second] = [await startEcho('a'), await startEcho('b')]
    const proxy = await startProxy([first, await freePort(), second])
    const names: string[] = []
    for (let count = 0; count < 4; count += 1) {
      names.push(await (await open(proxy.port)).read(2))
    }
    expect(names).toEqual(['a;', 'b;', 'b;', 'a;'])
  })

  it('keeps bytes in order under a delay, also when it is taken away', async () => {
    const proxy = await startProxy([await startEcho('a')])
    const { socket, read } = await open(proxy.port)
    await read(2)
    proxy.setFault({ delayMs: 30 })
    socket.write('one ')
    await new Promise((resolve) => setImmediate(resolve))
    proxy.setFault({})
    socket.write('two ')
    expect(await read(10)).toBe('a;one two ')
  })

  it('breaks the connections of one backend, and leaves the others alone', async () => {
    const [first, second] = [await startEcho('a'), await startEcho('b')]
    const proxy = await startProxy([first, second])
    const [one, other] = [await open(proxy.port), await open(proxy.port)]
    await Promise.all([one.read(2), other.read(2)])
    const gone = new Promise((resolve) => one.socket.once('close', resolve))
    proxy.cut(first)
    await gone
    other.socket.write('still')
    expect(await other.read(7)).toBe('b;still')
  })

  it('loses what is sent in one direction while it is told to', async () => {
    const proxy = await startProxy([await startEcho('a')])
    const { socket, read } = await open(proxy.port)
    await read(2)
    proxy.setFault({ lost: 'to-backend' })
    await new Promise<void>((resolve) => socket.write('lost', () => resolve()))
    const behind = await open(proxy.port)
    await behind.read(2) // the proxy has read the first connection's bytes by now
    proxy.setFault({})
    socket.write('found')
    expect(await read(7)).toBe('a;found')
  })
})
