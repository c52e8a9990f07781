import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { line } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const fields = z.record(z.string(), z.unknown())
const shipped = fields.parse(parse(readFileSync(join(root, 'lines/harbour-hotel.yaml'), 'utf8')))

const examples = globSync('docs/lines-*.md', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
    ([, text = ''], index) => ({ name: `${basename(file)}, ${index + 1}`, text }),
  ),
)

describe('what the pages about lines show', () => {
  it('is there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(9)
  })

  it.each(examples)('can stand in the shipped line: $name', ({ text }) => {
    const { languages, ...shown } = fields.parse(parse(text))
    const [language, words] = Object.entries(fields.parse(languages ?? {}))[0] ?? []
    const shippedLanguages = fields.parse(shipped['languages'])
    const merged =
      language === undefined
        ? shippedLanguages
        : {
            ...shippedLanguages,
            [language]: { ...fields.parse(shippedLanguages[language]), ...fields.parse(words) },
          }
    const read = line.safeParse({ ...shipped, ...shown, languages: merged })
    expect(read.error?.issues).toBeUndefined()
  })
})
