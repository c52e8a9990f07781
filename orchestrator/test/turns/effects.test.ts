import { setImmediate as macrotask } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defer } from '../dialogue/deferred.ts'
import { callTools, say, startModelServer } from '../dialogue/model-server.ts'
import { openDialogue, toolOf } from '../dialogue/test-dialogue.ts'

/** The model looks something up, books, and says so. */
async function startBooking() {
  const ran: string[] = []
  const lookedUp = defer()
  const look = toolOf('look_up', async () => {
    ran.push('look_up')
    lookedUp.resolve()
    return { ok: true, result: {} }
  })
  const book = toolOf(
    'book',
    async () => {
      ran.push('book')
      return { ok: true, result: { booked: true } }
    },
    { hasEffect: true },
  )
  const model = await startModelServer([
    callTools([{ name: 'look_up' }, { name: 'book', id: 'call-b' }]),
    say('It is booked.'),
  ])
  onTestFinished(() => model.close())
  const { dialogue, turnOf } = openDialogue(model.url, { tools: [look, book] })
  return { ran, lookedUp, model, dialogue, turnOf }
}

describe('a tool of a turn that is not certain', () => {
  it('runs at once when it only reads, and waits when it has an effect', async () => {
    const { ran, lookedUp, model, dialogue, turnOf } = await startBooking()
    const certain = defer()
    const signal = new AbortController().signal
    const types: string[] = []
    const whole = (async () => {
      const reply = dialogue.streamTurn(turnOf(), { signal, certain: certain.promise })
      for await (const { type } of reply) types.push(type)
    })()
    await lookedUp.promise
    for (let tick = 0; tick < 50; tick += 1) await macrotask()
    expect(ran).toEqual(['look_up'])
    expect(model.requests).toHaveLength(1)
    certain.resolve()
    await whole
    expect(ran).toEqual(['look_up', 'book'])
    expect(types.slice(-2)).toEqual(['sentence', 'finished'])
  })

  it('never runs when the turn is dropped, though it becomes certain afterwards', async () => {
    const { ran, lookedUp, dialogue, turnOf } = await startBooking()
    const certain = defer()
    const stop = new AbortController()
    const whole = (async () => {
      const options = { signal: stop.signal, certain: certain.promise }
      for await (const _event of dialogue.streamTurn(turnOf(), options)) {
      }
    })()
    await lookedUp.promise
    stop.abort(new DOMException('dropped', 'AbortError'))
    await expect(whole).rejects.toThrow('dropped')
    certain.resolve()
    for (let tick = 0; tick < 50; tick += 1) await macrotask()
    expect(ran).toEqual(['look_up'])
  })
})
