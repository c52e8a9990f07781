import type { stt } from '@livekit/agents'
import { STT } from '@trunkline/livekit-plugin-riva'

/** Speech recognition of one call. */
export interface Recognizer {
  readonly stt: stt.STT
  /** The caller has stopped speaking: the final of what was said is wanted now. */
  flush(): void
  /** Listens for this language from the next word on (BCP 47); true, since every line's language can be tried. */
  setLanguage(language: string): true
  close(): Promise<void>
}

/** Riva names its models by region; a line may leave it out. */
const regions: Readonly<Record<string, string>> = {
  en: 'en-US',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  hi: 'hi-IN',
}

/** Inside the range for RNNT decoders; a CTC decoder takes it as a faint hint. */
const keytermBoost = 5

export function createRecognizer({
  uri,
  language,
  keyterms,
  traceparent,
}: {
  /** host:port of the asr-proxy. */
  uri: string
  language: string
  keyterms: readonly string[]
  /** Of the call. */
  traceparent?: string | undefined
}): Recognizer {
  const riva = new STT({
    uri,
    language: regions[language] ?? language,
    ...(traceparent !== undefined && { metadata: { traceparent } }),
    ...(keyterms.length > 0 && { wordBoosts: [{ phrases: keyterms, boost: keytermBoost }] }),
  })
  return {
    stt: riva,
    flush: () => riva.flush(),
    setLanguage(wanted) {
      riva.updateOptions({ language: regions[wanted] ?? wanted })
      return true
    },
    close: () => riva.close(),
  }
}
