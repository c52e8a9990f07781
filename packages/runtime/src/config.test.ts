import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConfigError, port, readEnvironment } from './config.ts'

const schema = z.object({ PORT: port, URL_OF_IT: z.url(), TOKEN: z.string().min(8) })

describe('readEnvironment', () => {
  it('names every faulty variable at once and repeats no value', () => {
    const read = () => readEnvironment(schema, { PORT: '99999', URL_OF_IT: 'x', TOKEN: 'secret' })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/PORT[\s\S]*URL_OF_IT[\s\S]*TOKEN|TOKEN[\s\S]*/)
    try {
      read()
    } catch (error) {
      const text = String(error)
      for (const name of ['PORT', 'URL_OF_IT', 'TOKEN']) expect(text).toContain(name)
      expect(text).not.toContain('secret')
    }
  })

  it('says in words that a variable is missing', () => {
    const read = () => readEnvironment(schema, { PORT: '1', URL_OF_IT: 'http://x', TOKEN: '' })
    expect(read).toThrow(/needed, and not set\n.*at TOKEN/)
  })

  it('takes an empty value as not set', () => {
    const read = readEnvironment(z.object({ A: z.string().optional() }), { A: '' })
    expect(read.A).toBeUndefined()
  })
})
