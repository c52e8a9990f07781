import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from './paths.ts'
import { schemaVariables } from './settings/schema-variables.ts'

type Environment = Readonly<Record<string, string>>

interface ConfigModule {
  readonly readConfig: (env: Environment) => { readonly log: { readonly level: string } }
}

/** What any of the services cannot start without; the others pass over it. */
const needed: Environment = {
  LIVEKIT_API_KEY: 'trunkline',
  LIVEKIT_API_SECRET: 'pV7w9tq2bZk4sLx8mNc3yRf6hGd1jQ5u',
  AGENT_TOKEN: 'Wk3nTz8bRq6mXv1cHs5g',
  OPERATOR_TOKEN: 'Jd7fYp2xLw9sCb4kNt6r',
  RECORDS_SECRET: 'Gm5zKt1vXe8qPj3bUw7yRc2nSh6fDa4L',
}

/** JWT_KEYS are public keys, LIVEKIT_API_KEY only names a secret, and RATE_LIMIT_PER_TOKEN is a number. */
const secret = /^(?!LIVEKIT_API_KEY$|RATE_LIMIT).*_(KEY|SECRET|TOKEN|PASSWORD)$/
const address = /_(URL|URI)$/

describe.each(['agent', 'asr-proxy', 'orchestrator', 'tts-router'])('settings of %s', (service) => {
  const file = `${service}/src/config.ts`
  const load = async () => {
    const url = pathToFileURL(join(repositoryRoot, file)).href
    const { readConfig }: ConfigModule = await import(url)
    return (env: Environment) => readConfig({ ...needed, ...env })
  }
  const faultsOf = async (env: Environment): Promise<string> => {
    const read = await load()
    try {
      read(env)
    } catch (error) {
      return String(error)
    }
    return ''
  }
  const setAll = (names: readonly string[], value: string) =>
    Object.fromEntries(names.map((name) => [name, value]))

  it('reads what every service reads', async () => {
    const read = await load()
    expect(read({ LOG_LEVEL: 'debug' }).log.level).toBe('debug')
    const shared = { LOG_LEVEL: 'loud', TRUNKLINE_MODE: 'test', DATA_REGION: 'EU' }
    const message = await faultsOf(shared)
    for (const name of Object.keys(shared)) expect(message).toContain(name)
  })

  it('refuses each of its addresses outside the region, and none without a region', async () => {
    const names = schemaVariables(file).filter((name) => address.test(name))
    expect(names).not.toEqual([])
    const faulty = await faultsOf({ ...setAll(names, 'https://example.com:1'), DATA_REGION: 'eu' })
    for (const name of names) expect(faulty).toContain(`${name}: its host`)
    const free = await faultsOf(setAll(names, 'https://example.com:1'))
    expect(free).not.toContain('its host')
  })

  it('refuses each of its secrets that is an example in production, and none in local mode', async () => {
    const names = schemaVariables(file).filter((name) => secret.test(name))
    expect(names).not.toEqual([])
    const examples = setAll(names, 'your-secret-goes-right-here-please')
    const faulty = await faultsOf({ ...examples, TRUNKLINE_MODE: 'production' })
    for (const name of names) expect(faulty).toContain(`${name}: a default or example`)
    expect(await faultsOf(examples)).not.toContain('a default or example')
    expect(await faultsOf({ TRUNKLINE_MODE: 'production' })).toBe('')
  })
})
