import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from './paths.ts'
import { configFiles, schemaVariables, spreadVariableFiles } from './settings/schema-variables.ts'

const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8')

/** Every line of the example that sets a variable when its comment sign is taken away. */
function exampleLines(): readonly string[] {
  return [...read('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]*=.*)$/gm)].flatMap(
    ([, line]) => line ?? [],
  )
}

const schemas = [...configFiles(), ...spreadVariableFiles]

describe('.env.example', () => {
  const example = exampleLines().map((line) => line.split('=')[0] ?? '')
  const services = schemas.flatMap(schemaVariables)

  it('sees the settings of every service', () => {
    expect(schemas.length).toBeGreaterThanOrEqual(8)
    for (const file of schemas) expect(schemaVariables(file).length, file).toBeGreaterThan(2)
  })

  it('lists every variable a service reads, and no other', () => {
    expect(example.toSorted()).toEqual([...new Set(services)].toSorted())
  })

  it('explains every variable: a comment of words stands above each group', () => {
    for (const block of read('.env.example').split(/\n\s*\n/)) {
      const [first = ''] = block.split('\n').filter((line) => !line.startsWith('# ---'))
      const isExplained = /^# [a-zA-Z].* /.test(first) || /_(PORT|HTTP_PORT)=/.test(first)
      if (/^# [A-Z_]+=/m.test(block)) expect(isExplained, first).toBe(true)
    }
  })

  it('is a file that can be read when every variable is set', () => {
    const set = parseEnv(exampleLines().join('\n'))
    expect(Object.keys(set).toSorted()).toEqual(example.toSorted())
    expect(set['TTS_ROUTER_URL']).toBe('http://127.0.0.1:9000')
  })

  it('sets nothing by itself', () => {
    expect(parseEnv(read('.env.example'))).toEqual({})
  })
})
