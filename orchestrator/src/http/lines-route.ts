import { type Line, noticeKind, type SpokenLines } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import { toLineSpeech } from '../calls/speech.ts'
import { toNotice } from '../limits/notice.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { AuthorizeHook } from './authorize.ts'

export interface LinesRouteDeps {
  /** Lets agents in. */
  readonly onRequest: AuthorizeHook
  readonly lines: Pick<LineStore, 'all'>
}

/** `GET /v1/lines/spoken`: agents keep the audio of these words on disk. */
export const linesRoute =
  ({ onRequest, lines }: LinesRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/lines/spoken', { onRequest }, async (): Promise<SpokenLines> => {
      return { lines: lines.all().map(toSpokenLine) }
    })
  }

/** Everything that the line says in the same words each time. */
export function toSpokenLine(line: Line): SpokenLines['lines'][number] {
  const { language, voice, ...own } = toLineSpeech(line)
  const say = (text: string) => ({ text, language, voice })
  const others = Object.keys(line.languages).filter((other) => other !== line.defaultLanguage)
  const { default: target = '', targets = {} } = line.transfer ?? {}
  const transferTo = targets[target]?.to
  return {
    id: line.id,
    numbers: line.numbers,
    language,
    greeting: say(own.greeting),
    apology: say(own.apology),
    bridging: say(own.bridging),
    notices: noticeKind.options.map((kind) => say(toNotice(kind, { line }))),
    otherLanguages: others.flatMap((other) => {
      const speech = toLineSpeech(line, other)
      const fixed = { language: speech.language, voice: speech.voice }
      return [speech.apology, speech.bridging].map((text) => ({ text, ...fixed }))
    }),
    ...(transferTo !== undefined && { transferTo }),
  }
}
