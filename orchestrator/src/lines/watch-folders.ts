import { type FSWatcher, watch } from 'node:fs'

export interface FolderWatch {
  /** Watches exactly these folders from now on. */
  set(folders: readonly string[]): void
  close(): void
}

/** Calls `onChange` once things have been quiet for `quietMs`: editors write, rename and write again. */
export function watchFolders({
  onChange,
  quietMs = 100,
  lookAgainMs = 5000,
}: {
  onChange: () => void
  quietMs?: number
  /** Some file systems (network, containers on other systems) report nothing: look anyway. */
  lookAgainMs?: number
}): FolderWatch {
  const watchers = new Map<string, FSWatcher>()
  let quiet: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(quiet)
    quiet = setTimeout(onChange, quietMs)
  }
  const drop = (folder: string) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  const regular = setInterval(onChange, lookAgainMs)
  regular.unref()
  return {
    set(folders) {
      for (const folder of watchers.keys()) if (!folders.includes(folder)) drop(folder)
      for (const folder of folders) {
        if (watchers.has(folder)) continue
        try {
          const watcher = watch(folder, { persistent: false }, changed)
          watcher.on('error', () => drop(folder))
          watchers.set(folder, watcher)
        } catch {
          // The folder is not there or the system has no watch left: the regular look remains.
        }
      }
    },
    close() {
      clearTimeout(quiet)
      clearInterval(regular)
      for (const folder of [...watchers.keys()]) drop(folder)
    },
  }
}
