import type { Line } from '@trunkline/contracts'
import { createRedactor, type RedactorOptions } from '@trunkline/privacy'
import type { Redact } from './text-policy.ts'

export interface SpeechRedactorOptions extends Pick<RedactorOptions, 'onRedacted'> {
  readonly lines: readonly Pick<Line, 'languages'>[]
}

/** Removes personal data from what is said on these lines. */
export function createSpeechRedactor({ lines, onRedacted }: SpeechRedactorOptions): Redact {
  const redactor = createRedactor({ ...(onRedacted && { onRedacted }) })
  const redact: Redact = (text, context) => redactor.redact(text, context).text
  // Word lists are made at first use, some 50 ms each: not while a caller speaks.
  const spoken = new Set(lines.flatMap((line) => Object.keys(line.languages)))
  redact('')
  for (const language of spoken) redact('', { language })
  return redact
}
