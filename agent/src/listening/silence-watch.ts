export interface SilenceWatch {
  /** Words, keys or typed text came from the caller: the count begins anew. */
  noticed(): void
  /** While our own voice is heard nobody waits for the caller; behind it the silence before is counted on. */
  setSpeaking(isSpeaking: boolean): void
  close(): void
}

/**
 * Tells when nothing has come from the caller for `silenceMs`, and again after as much more. By the clock: noise and
 * hold music, which keep a VAD busy for ever, are silence here.
 */
export function createSilenceWatch({
  silenceMs,
  onSilent,
}: {
  silenceMs: number
  onSilent: (sinceMs: number) => void
}): SilenceWatch {
  let timer: NodeJS.Timeout | undefined
  let sinceMs = 0
  let isSpeaking = false
  let isClosed = false
  const wait = () => {
    clearTimeout(timer)
    if (isSpeaking || isClosed) return
    timer = setTimeout(() => {
      sinceMs += silenceMs
      onSilent(sinceMs)
      wait()
    }, silenceMs)
  }
  wait()
  return {
    noticed() {
      sinceMs = 0
      wait()
    },
    setSpeaking(speaks) {
      isSpeaking = speaks
      wait()
    },
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
