import { type CallRecord, type Line, type LineLanguage, lineLanguage } from '@trunkline/contracts'

const longestWords = 40

const opening: Readonly<Record<LineLanguage, (line: string) => string>> = {
  en: (line) => `A call for you from ${line}.`,
  de: (line) => `Ein Anruf für Sie vom ${line}.`,
  fr: (line) => `Un appel pour vous, de la part de ${line}.`,
  es: (line) => `Una llamada para usted, de ${line}.`,
  it: (line) => `Una chiamata per lei, da ${line}.`,
  hi: (line) => `${line} से आपके लिए एक कॉल है।`,
}
const said: Readonly<Record<LineLanguage, (words: string) => string>> = {
  en: (words) => `The caller said: ${words}`,
  de: (words) => `Der Anrufer sagt: ${words}`,
  fr: (words) => `La personne a dit : ${words}`,
  es: (words) => `La persona ha dicho: ${words}`,
  it: (words) => `La persona ha detto: ${words}`,
  hi: (words) => `कॉल करने वाले ने कहा: ${words}`,
}

/** What a colleague is told before the caller is joined to them: the model's reason, else what the caller said last. */
export function toBrief({
  line,
  language,
  record,
  reason,
}: {
  line: Pick<Line, 'name'>
  language: string
  record: Pick<CallRecord, 'turns'>
  reason: string | undefined
}): string {
  const spoken = lineLanguage.safeParse(language).data ?? 'en'
  const last = record.turns.findLast(({ state }) => state !== 'superseded')?.text
  const about = reason ?? (last === undefined ? undefined : said[spoken](shorten(last)))
  return [opening[spoken](line.name), about].filter((part) => part !== undefined).join(' ')
}

function shorten(text: string): string {
  const words = text.split(/\s+/)
  return words.length <= longestWords ? text : words.slice(-longestWords).join(' ')
}
