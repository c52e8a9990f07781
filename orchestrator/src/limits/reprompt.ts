import { type CallRecord, type Line, type LineLanguage, lineLanguage } from '@trunkline/contracts'
import { repromptWords } from './reprompt-words.ts'

const prefix = 'reprompt-'
/** A longer question is not said again. */
const maxQuestion = 200

export interface Reprompt {
  readonly turnId: string
  readonly text: string
}

/** True for what is said into a silence: hearing it does not end the silence. */
export function isReprompt(turnId: string): boolean {
  return turnId.startsWith(prefix)
}

/**
 * What a silent caller is asked: the open question again, after words that are never the same twice running, else
 * whether they are there.
 * @param language the caller's (BCP 47)
 */
export function toReprompt(
  record: Pick<CallRecord, 'prompts' | 'turns' | 'expect'>,
  { line, language }: { line: Line; language: string },
): Reprompt {
  const made = (record.prompts ?? []).filter(({ turnId }) => isReprompt(turnId)).length
  const spoken = toSpoken(line, language)
  const question = toOpenQuestion(record)
  const { presence, again } = repromptWords[spoken]
  const words = line.languages[spoken]?.reprompts ?? (question === undefined ? presence : again)
  const lead = words[made % words.length] ?? ''
  const text = question === undefined ? lead : `${lead} ${question}`
  return { turnId: `${prefix}${made + 1}`, text }
}

/** The question that the agent waits for an answer to, when it is one that is answered shortly. */
export function toOpenQuestion({
  turns,
  expect = 'free',
}: Pick<CallRecord, 'turns' | 'expect'>): string | undefined {
  if (expect === 'free') return undefined
  const sentences = turns.at(-1)?.reply.match(/[^.!?।…]+[.!?।…]+/g) ?? []
  const question = sentences.findLast((sentence) => sentence.includes('?'))?.trim()
  return question === undefined || question.length > maxQuestion ? undefined : question
}

function toSpoken(line: Line, language: string): LineLanguage {
  const wanted = lineLanguage.safeParse(language.split('-')[0]?.toLowerCase())
  const isSpoken = wanted.success && line.languages[wanted.data] !== undefined
  return isSpoken ? wanted.data : line.defaultLanguage
}
