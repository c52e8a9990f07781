import { line as lineSchema } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import type { TransferWish, WishAnswer } from './call-transfers.ts'
import { createTransferTools } from './transfer-tool.ts'

const toLine = (tools: string[]) =>
  lineSchema.parse({
    ...{ id: 'inn', name: 'Inn', numbers: ['100'], timeZone: 'Europe/Berlin', persona: 'x' },
    hotel: { connector: 'builtin', data: 'x.yaml' },
    defaultLanguage: 'en',
    languages: { en: { greeting: 'I am an AI.', disclosure: 'I am an AI.', apology: 'x' } },
    ...{
      tools,
      transfer: { targets: { desk: { to: '4711', about: 'bookings' }, bar: { to: '12' } } },
    },
  })
const context = (line: ReturnType<typeof toLine>) => ({
  ...{ callId: 'call-1', turnId: 'turn-3', epoch: 1, line, signal: new AbortController().signal },
})

describe('the transfer tool', () => {
  it('is there for the lines that have it switched on, and names their targets to the model', () => {
    const tools = createTransferTools(() => 'taken')
    expect(tools(toLine(['end_call']))).toEqual([])
    const [tool] = tools(toLine(['transfer_call']))
    expect(tool).toMatchObject({ name: 'transfer_call', hasEffect: true })
    expect(tool?.description).toContain('desk: bookings')
    expect(JSON.stringify(tool?.parameters)).toContain('["desk","bar"]')
    expect(JSON.stringify(tool)).not.toContain('4711') // a number is nothing for a model
    expect(tool?.prepare({ target: 'sauna' })).toMatchObject({ ok: false })
  })

  it.each<[WishAnswer | undefined, { ok: boolean; endsTurn?: boolean }, RegExp]>([
    ['taken', { ok: true, endsTurn: true }, /not connected yet/],
    ['closed', { ok: false }, /nobody is there/],
    ['not-now', { ok: false }, /do not say that it was/],
    [undefined, { ok: false }, /do not say that it was/],
  ])('tells the model what became of its wish: %s', async (answer, outcome, words) => {
    const wishes: (TransferWish & { callId: string })[] = []
    const line = toLine(['transfer_call'])
    const [tool] = createTransferTools((callId, wish) => {
      wishes.push({ ...wish, callId })
      return answer
    })(line)
    const prepared = tool?.prepare({ target: 'desk', reason: 'A guest has lost a key.' })
    if (!prepared?.ok) throw new Error('the arguments are fine')
    const result = await prepared.run(context(line))
    expect(result).toMatchObject(outcome)
    expect(JSON.stringify(result)).toMatch(words)
    expect(wishes).toEqual([
      {
        ...{ callId: 'call-1', turnId: 'turn-3', to: 'desk', by: 'dialogue' },
        reason: 'A guest has lost a key.',
      },
    ])
  })
})
