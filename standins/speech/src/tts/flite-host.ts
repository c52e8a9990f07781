import { performance } from 'node:perf_hooks'
import { type WasmModule, wasm } from './web-assembly.ts'

const success = 0
const badFile = 8
const noEntry = 44
const characters = 2
/** Standard streams are 0–2, 3 is the one folder there is, 4 the one file. */
const folder = 3
const output = 4
/** Folder and regular file in WASI's numbers. */
const fileTypes: ReadonlyMap<number, number> = new Map([
  [folder, 3],
  [output, 4],
])
const createFlag = 1
const allRights = 0xffff_ffff_ffff_ffffn

/** The program ended by `exit`. */
class ExitSignal extends Error {
  override readonly name = 'ExitSignal'
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/**
 * Runs a WASI program that writes one file, and returns that file. The thirteen calls of WASI that flite makes, in
 * memory: no folder of this machine is open to it, and nothing has to be deleted afterwards.
 */
export function runForFile(module: WasmModule, args: readonly string[]): Uint8Array {
  const encoder = new TextEncoder()
  const argumentBytes = args.map((argument) => encoder.encode(`${argument}\0`))
  let memory = new wasm.Memory({ initial: 0 })
  const view = () => new DataView(memory.buffer)
  const bytes = (offset: number, length: number) => new Uint8Array(memory.buffer, offset, length)
  let file = new Uint8Array(1 << 18)
  let size = 0
  let position = 0

  const write = (piece: Uint8Array) => {
    if (position + piece.length > file.length) {
      const larger = new Uint8Array(Math.max(2 * file.length, position + piece.length))
      larger.set(file.subarray(0, size))
      file = larger
    }
    file.set(piece, position)
    position += piece.length
    size = Math.max(size, position)
  }

  const calls = {
    args_sizes_get(countAt: number, sizeAt: number) {
      view().setUint32(countAt, argumentBytes.length, true)
      const total = argumentBytes.reduce((sum, argument) => sum + argument.length, 0)
      view().setUint32(sizeAt, total, true)
      return success
    },
    args_get(pointersAt: number, bytesAt: number) {
      let target = bytesAt
      for (const [index, argument] of argumentBytes.entries()) {
        view().setUint32(pointersAt + 4 * index, target, true)
        bytes(target, argument.length).set(argument)
        target += argument.length
      }
      return success
    },
    clock_time_get(_clock: number, _precision: bigint, resultAt: number) {
      view().setBigUint64(resultAt, BigInt(Math.round(performance.now() * 1e6)), true)
      return success
    },
    fd_close: () => success,
    fd_fdstat_get(fd: number, resultAt: number) {
      view().setUint8(resultAt, fileTypes.get(fd) ?? characters)
      view().setUint16(resultAt + 2, 0, true)
      view().setBigUint64(resultAt + 8, allRights, true)
      view().setBigUint64(resultAt + 16, allRights, true)
      return success
    },
    fd_fdstat_set_flags: () => success,
    fd_prestat_get(fd: number, resultAt: number) {
      if (fd !== folder) return badFile
      view().setUint32(resultAt, 0, true)
      view().setUint32(resultAt + 4, 1, true)
      return success
    },
    fd_prestat_dir_name(_fd: number, nameAt: number) {
      view().setUint8(nameAt, 0x2f)
      return success
    },
    fd_read(_fd: number, _vectorsAt: number, _count: number, readAt: number) {
      view().setUint32(readAt, 0, true)
      return success
    },
    fd_seek(_fd: number, offset: bigint, whence: number, resultAt: number) {
      const base = [0, position, size][whence] ?? 0
      position = Math.max(0, base + Number(offset))
      view().setBigUint64(resultAt, BigInt(position), true)
      return success
    },
    fd_write(fd: number, vectorsAt: number, count: number, writtenAt: number) {
      let written = 0
      for (let vector = vectorsAt; vector < vectorsAt + 8 * count; vector += 8) {
        const piece = bytes(view().getUint32(vector, true), view().getUint32(vector + 4, true))
        if (fd === output) write(piece)
        written += piece.length
      }
      view().setUint32(writtenAt, written, true)
      return success
    },
    path_open(
      _fd: number,
      _lookup: number,
      _pathAt: number,
      _pathLength: number,
      openFlags: number,
      _rights: bigint,
      _inherited: bigint,
      _fdFlags: number,
      resultAt: number,
    ) {
      // flite reads no file: voices are inside.
      if ((openFlags & createFlag) === 0) return noEntry
      view().setUint32(resultAt, output, true)
      return success
    },
    proc_exit(code: number): never {
      throw new ExitSignal(code)
    },
  }

  const { exports } = new wasm.Instance(module, { wasi_snapshot_preview1: calls })
  const { memory: exported, _start: start } = exports
  if (!(exported instanceof wasm.Memory) || typeof start !== 'function') {
    throw new Error('this is not a WASI program')
  }
  memory = exported
  try {
    start()
  } catch (error) {
    if (!(error instanceof ExitSignal) || error.code !== 0) throw error
  }
  return file.subarray(0, size)
}
