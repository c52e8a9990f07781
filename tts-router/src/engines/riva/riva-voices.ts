import type { EngineVoice } from '../engine.ts'

/**
 * Reads the parameters of `GetRivaSynthesisConfig`: `language_code`, `voice_name` and `subvoices`
 * ("EN-US.Aria:0,EN-US.Leo:1"). A voice's full name is `voice_name.subvoice`; a subvoice that begins with a
 * language tag speaks that language, whatever the model's own list says.
 */
export function listVoices(
  models: readonly Readonly<Record<string, string>>[],
): readonly EngineVoice[] {
  return models.flatMap((parameters) => {
    const languages = split(parameters['language_code'])
    const model = parameters['voice_name'] ?? ''
    const subvoices = split(parameters['subvoices']).map((entry) => entry.split(':')[0] ?? '')
    if (model === '' && subvoices.length === 0) return []
    if (subvoices.length === 0) return languages.map((language) => ({ name: model, language }))
    return subvoices.flatMap((subvoice) => {
      const name = model === '' ? subvoice : `${model}.${subvoice}`
      const own = /^([A-Za-z]{2,3}-[A-Za-z]{2,4})\./.exec(subvoice)?.[1]
      const spoken = own ? [toTag(own)] : languages
      return spoken.map((language) => ({ name, language }))
    })
  })
}

function split(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function toTag(tag: string): string {
  const [language = '', region = ''] = tag.split('-')
  return `${language.toLowerCase()}-${region.toUpperCase()}`
}
