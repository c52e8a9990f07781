import { Duplex } from 'node:stream'

/** `Terminate`, the last message of a connection (PostgreSQL, 55.7). */
const terminate = 'X'.charCodeAt(0)

export interface PgliteSocketOptions {
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void
  /** Called once, however the connection ends. */
  readonly onEnd: () => void
}

/** What `pg` takes for its socket: a stream with a few methods of `net.Socket`. */
export class PgliteSocket extends Duplex {
  readonly #options: PgliteSocketOptions
  #isEnded = false

  constructor(options: PgliteSocketOptions) {
    super()
    this.#options = options
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {} // answers are pushed when they come; they are as long as their query's

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (chunk[0] === terminate) this.#end()
    // A copy of its own: `pg` gives views of a buffer that it uses again.
    else if (!this.#isEnded) this.#options.write(new Uint8Array(chunk))
    done()
  }
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done)
  }
  override _final(done: () => void): void {
    this.#end()
    this.push(null)
    done()
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#end()
    done(error)
  }

  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#options.onEnd()
  }
}
