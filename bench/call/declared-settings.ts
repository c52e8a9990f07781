/** The times that issue 5's table is measured with, milliseconds: ASR final, first token, first byte. */
export const declaredTimes = {
  SPEECH_STANDIN_FINAL_MS: '220',
  LLM_STANDIN_TTFT_MS: '120',
  SPEECH_STANDIN_FIRST_AUDIO_MS: '80',
} as const

/**
 * And nothing more than them: the stand-in for Riva knows the callers' speech, which it has spoken itself, and takes no
 * core of the machine to understand it.
 */
export const declaredSettings = { ...declaredTimes, SPEECH_STANDIN_KNOWN_SPEECH: 'true' } as const

/** For the figures: the user's environment goes before a bench's settings, and a stack that ran already has its own. */
export function toDeclared(
  settings: Readonly<Record<string, string>>,
  { isOwnStack }: { isOwnStack: boolean },
): Readonly<Record<string, string>> | string {
  if (!isOwnStack) return 'not known: the stack ran already'
  const names = Object.keys(settings)
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? settings[name] ?? '']))
}
