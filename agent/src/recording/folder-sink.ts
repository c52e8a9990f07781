import { copyFile, mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { removeFile } from './remove-file.ts'
import { type RecordingSink, SinkError } from './sink.ts'

const scheme = 'folder:'

/** Keeps recordings in a folder: a local disk, or one that is mounted on every machine. */
export function createFolderSink(folder: string): RecordingSink {
  const nameOf = (reference: string) => {
    const name = reference.slice(scheme.length)
    if (!reference.startsWith(scheme) || name === '' || name !== basename(name)) {
      throw new SinkError('foreign-reference', 'the recording is not in this folder')
    }
    return name
  }
  return {
    reference: (name) => `${scheme}${name}`,
    nameOf,
    async put(name, file) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const target = join(folder, basename(name))
      await copyFile(file, `${target}.copy`)
      await rename(`${target}.copy`, target)
    },
    async remove(reference) {
      return await removeFile(join(folder, nameOf(reference)))
    },
    close: async () => {},
  }
}
