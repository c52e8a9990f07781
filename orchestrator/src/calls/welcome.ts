import type { OrchestratorMessageOf, Resume } from '@trunkline/contracts'
import type { CallSession } from './session.ts'
import { toLineSpeech } from './speech.ts'

export type WelcomeDraft = Omit<OrchestratorMessageOf<'welcome'>, 'seq' | 'at' | 'type'>

export interface WelcomeOptions {
  readonly maxCallSeconds: number
  /** The job’s. */
  readonly protocol: number
  /** For a job that takes the call over. */
  readonly resume: Resume | undefined
}

type Session = Pick<CallSession, 'id' | 'epoch' | 'line' | 'record' | 'isRefused'>

/** Everything the agent needs to speak before it has heard a word. */
export function toWelcome(
  { id, epoch, line, record, isRefused }: Session,
  { maxCallSeconds, protocol, resume }: WelcomeOptions,
): WelcomeDraft {
  const { language, voice, greeting, apology, bridging, keyterms, disclosure } = toLineSpeech(line)
  const { callSeconds, silenceSeconds } = line.limits
  return {
    callId: id,
    epoch,
    line: { id: line.id, name: line.name },
    // A caller who is refused hears why, to the end.
    greeting: {
      ...{ text: record.greeting || greeting, language, voice },
      ...{ interruptible: !isRefused, disclosure },
    },
    voice: { language, name: voice },
    turnTaking: line.turnTaking,
    ...(protocol < 3 ? {} : { dtmf: toEntryRules(line), ...toLastResort(line) }),
    limits: { callSeconds: Math.min(callSeconds, maxCallSeconds), silenceSeconds },
    keyterms: [line.name, ...keyterms],
    apology: { text: apology, language, voice },
    // Agents of protocol 1 refuse what they do not know.
    ...(protocol < 2 ? {} : { bridging: { text: bridging, language, voice } }),
    ...(protocol < 3 ? {} : toRecording(line, record)),
    ...(protocol < 3 || !line.comfortTone ? {} : { comfortTone: true }),
    ...(protocol < 3 || record.onMachine === undefined
      ? {}
      : { outbound: { onMachine: record.onMachine } }),
    ...(protocol < 2 || resume === undefined ? {} : { resume }),
  }
}

function toLastResort({ transfer }: CallSession['line']) {
  const target = transfer?.default === undefined ? undefined : transfer.targets[transfer.default]
  return target ? { transferTo: target.to } : {}
}

/** Nothing for a line that records nothing, and for a caller who does not want it. */
function toRecording(
  { privacy }: CallSession['line'],
  { recordingConsent }: CallSession['record'],
) {
  const { recording } = privacy
  if (recording === 'off' || recordingConsent === 'refused') return {}
  return { recording: recordingConsent === 'given' ? ('on' as const) : recording }
}

/** How keys that nobody has asked for become an entry. */
function toEntryRules({ dtmf, keys }: CallSession['line']) {
  return { entry: { ...dtmf, secret: false }, menuKeys: Object.keys(keys) }
}
