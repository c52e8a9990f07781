import { describe, expect, it } from 'vitest'
import { type ConversationTurn, emptyConversation } from './conversation.ts'
import { measureBargeIn, measureTurns } from './measure.ts'

const loud = Int16Array.from({ length: 160 }, (_, index) => (index % 8 < 4 ? 4000 : -4000))
const quiet = new Int16Array(160)
/** One character a packet of 20 ms from time 0: `#` is speech. */
const wire = (pattern: string) =>
  [...pattern].map((mark, index) => ({ pcm: mark === '#' ? loud : quiet, at: index * 20 }))

const waterfall = { asrFinalMs: 90, orchestratorMs: 10, llmMs: 40, ttsMs: 30, agentMs: 15 }
const turn = (changes: Partial<ConversationTurn> = {}): ConversationTurn => ({
  turnId: 't1',
  receivedAt: 300,
  callerText: 'A room, please.',
  source: 'speech',
  sentences: ['Of course.', 'Which one?'],
  played: 2,
  interrupted: false,
  state: 'finished',
  waterfall,
  firstSampleAt: 395,
  ...changes,
})
const conversation = (...turns: ConversationTurn[]) => ({ ...emptyConversation, turns })
const sent = wire('..####....................')
/** The greeting ends at 40 ms, the reply begins at 500 ms. */
const received = wire('###......................####')

describe('measureTurns', () => {
  it('measures the gap on the wire and leaves to rest what the waterfall does not explain', () => {
    expect(measureTurns(conversation(turn()), { sent, received })).toEqual([
      {
        turnId: 't1',
        callerText: 'A room, please.',
        agentText: 'Of course. Which one?',
        interrupted: false,
        wireGapMs: 400,
        waterfall: { ...waterfall, endpointingMs: 200 },
        restMs: 400 - 200 - 10 - 40 - 30 - 15,
      },
    ])
  })

  it('counts from the voice before the turn, not from what the caller says later', () => {
    const later = wire('..####...............####.')
    const [measured] = measureTurns(conversation(turn()), { sent: later, received })
    expect(measured?.waterfall?.endpointingMs).toBe(200)
  })

  it('believes an agent that tells its moments, whose clock has the whole of its share', () => {
    const wait = { wholeMs: 295, parts: [] }
    const told = turn({ waterfall: { ...waterfall, endpointingMs: 160, wait } })
    const [measured] = measureTurns(conversation(told), { sent, received })
    expect(measured?.waterfall?.endpointingMs).toBe(160)
    expect(measured?.restMs).toBe(145)
    expect(measured?.transport).toEqual({ inMs: 40, outMs: 105 })
  })

  it('does not take the tail of an older reply for this one', () => {
    const tail = wire('................###......####')
    const [measured] = measureTurns(conversation(turn()), { sent, received: tail })
    expect(measured?.wireGapMs).toBe(400)
  })

  it('measures nothing for keys, for a turn without a reply and for a silent line', () => {
    const keys = turn({ source: 'dtmf' })
    const { firstSampleAt: _at, ...unsaid } = turn({ state: 'cancelled', heard: '' })
    const measured = measureTurns(conversation(keys, unsaid), { sent, received })
    expect(measured.map(({ wireGapMs, restMs }) => [wireGapMs, restMs])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
    const [silent] = measureTurns(conversation(turn()), { sent, received: wire('......') })
    expect(silent?.wireGapMs).toBeUndefined()
    expect(silent?.waterfall?.endpointingMs).toBe(200)
  })

  it('leaves superseded turns out', () => {
    const both = conversation(turn({ state: 'superseded' }), turn({ turnId: 't2' }))
    expect(measureTurns(both, { sent, received }).map(({ turnId }) => turnId)).toEqual(['t2'])
  })
})

describe('measureBargeIn', () => {
  it('counts from the caller’s onset to the agent’s last voiced packet', () => {
    expect(measureBargeIn(wire('####################......'), { onsetAt: 200 })).toEqual({
      onsetAt: 200,
      silentAt: 380,
      stopMs: 180,
      resumedMs: 0,
    })
  })

  it('finds speech that came back, but not the answer', () => {
    const line = wire(`${'#'.repeat(10)}${'.'.repeat(20)}####${'.'.repeat(20)}########`)
    expect(measureBargeIn(line, { onsetAt: 100, answerAt: 1000 })).toMatchObject({
      stopMs: 80,
      resumedMs: 60,
    })
  })

  it('has nothing to say when the agent was silent', () => {
    expect(measureBargeIn(wire('###...........'), { onsetAt: 200 })).toBeUndefined()
  })
})
