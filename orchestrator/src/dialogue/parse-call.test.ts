import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseCall } from './parse-call.ts'
import { defineTool } from './tool.ts'

const tools = [
  defineTool({
    name: 'look_up',
    description: 'Looks something up.',
    parameters: z.object({
      day: z.iso.date().optional(),
      count: z.coerce.number().int().optional(),
    }),
    run: async (args) => ({ ok: true, result: args }),
  }),
]
const parse = (args: string, name = 'look_up') =>
  parseCall({ id: 'a', name, arguments: args }, tools)

describe('parseCall', () => {
  for (const [text, args] of [
    ['', {}],
    ['null', {}],
    ['{}', {}],
    ['{"count":"2"}', { count: '2' }],
    ['"{\\"count\\":2}"', { count: 2 }],
    ['{"day":null,"count":""}', { day: null, count: '' }],
  ] as const) {
    it(`takes the arguments ${JSON.stringify(text)}`, () =>
      expect(parse(text)).toMatchObject({ kind: 'ready', arguments: args }))
  }

  for (const text of ['{"count":', '[1]', '7', 'two']) {
    it(`refuses the arguments ${JSON.stringify(text)} with words the model can act on`, () =>
      expect(parse(text)).toMatchObject({ kind: 'faulty', error: { error: 'bad_arguments' } }))
  }

  it('names the field that does not fit', () => {
    expect(parse('{"day":"tomorrow"}')).toMatchObject({
      kind: 'faulty',
      arguments: { day: 'tomorrow' },
      error: { error: 'bad_arguments', message: expect.stringContaining('day') },
    })
  })

  it('lists the tools there are for a name that is none', () => {
    expect(parse('{}', 'lookup')).toMatchObject({
      kind: 'faulty',
      error: { error: 'unknown_tool', tools: ['look_up'] },
    })
  })

  it('shows the model the date format without a pattern of a page', () => {
    expect(tools[0]?.parameters).toEqual({
      type: 'object',
      properties: {
        day: { type: 'string', format: 'date' },
        count: { type: 'integer', minimum: expect.any(Number), maximum: expect.any(Number) },
      },
      additionalProperties: false,
    })
  })
})
