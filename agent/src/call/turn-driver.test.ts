import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Command, Perception, Step } from '../turn-taking/perception.ts'
import { createTurnDriver } from './turn-driver.ts'

type Decide = (perception: Perception) => Partial<Step<number>>

function create(decide: Decide) {
  vi.useFakeTimers({ now: 0 })
  const perceived: Perception[] = []
  const performed: Command['type'][] = []
  const driver = createTurnDriver<number>({
    start: 0,
    now: () => Date.now(),
    step(state, perception) {
      perceived.push(perception)
      const why = 'nothing to decide'
      return { state: state + 1, commands: [], why, ...decide(perception) }
    },
    perform(command) {
      performed.push(command.type)
      if (command.type === 'duck') driver.perceive({ type: 'cut-in', by: 'dtmf' })
    },
  })
  onTestFinished(() => driver.close())
  return { driver, perceived, performed }
}

const interim = (at: number) => ({ type: 'interim', text: 'a', stability: 0, at }) as const

const window = (at: number) =>
  ({ type: 'window', probability: 1, levelDb: -30, echo: 0, at }) as const

describe('createTurnDriver', () => {
  it('never lets time go back, though audio is told after it was spoken', () => {
    const { driver, perceived } = create(() => ({}))
    driver.perceive(interim(500))
    driver.perceive(interim(480))
    driver.perceive(interim(520))
    expect(perceived.map(({ at }) => at)).toEqual([500, 500, 520])
  })

  it('wakes the decision when it asked to be, once, and not when something was perceived before', () => {
    const { driver, perceived } = create(({ type, at }) =>
      type === 'interim' ? { wakeAt: at + 300 } : {},
    )
    driver.perceive(interim(0))
    vi.advanceTimersByTime(200)
    driver.perceive(interim(200))
    vi.advanceTimersByTime(299)
    expect(perceived.map(({ type }) => type)).toEqual(['interim', 'interim'])
    vi.advanceTimersByTime(1000)
    expect(perceived.map(({ type, at }) => [type, at])).toEqual([
      ['interim', 0],
      ['interim', 200],
      ['time', 500],
    ])
  })

  it('takes audio that comes late for no pause, until it is missing', () => {
    const { driver, perceived } = create(({ type, at }) =>
      type === 'window' ? { wakeAt: at + 100 } : {},
    )
    vi.setSystemTime(10)
    driver.perceive(window(0))
    vi.advanceTimersByTime(290)
    driver.perceive({ type: 'interim', text: 'a', stability: 0 })
    expect(perceived.map(({ type, at }) => [type, at])).toEqual([
      ['window', 0],
      ['interim', 64],
    ])
    driver.perceive(window(32))
    expect(perceived.at(-1)).toMatchObject({ type: 'window', at: 64 })
    vi.advanceTimersByTime(399)
    expect(perceived).toHaveLength(3)
    vi.advanceTimersByTime(60)
    expect(perceived.at(-1)).toMatchObject({ type: 'time' })
    expect(perceived.at(-1)?.at).toBeGreaterThanOrEqual(700)
  })

  it('lets audio in that lies unread when the process stood still', () => {
    const { driver, perceived } = create(({ type, at }) =>
      type === 'window' ? { wakeAt: at + 100 } : {},
    )
    driver.perceive(window(0))
    vi.setSystemTime(2000)
    vi.advanceTimersByTime(110)
    expect(perceived).toHaveLength(1)
    driver.perceive(window(2090))
    expect(perceived.at(-1)).toMatchObject({ type: 'window', at: 2090 })
  })

  it('does all of one step before what a command of it brings about', () => {
    const { driver, perceived, performed } = create(({ type }) =>
      type === 'interim' ? { commands: [{ type: 'duck' }, { type: 'predict' }] } : {},
    )
    driver.perceive(interim(0))
    expect(performed).toEqual(['duck', 'predict'])
    expect(perceived.map(({ type }) => type)).toEqual(['interim', 'cut-in'])
  })

  it('keeps why, without repeating itself and without growing for ever', () => {
    let count = 0
    const { driver } = create(() => {
      count += 1
      return { why: count % 3 === 0 ? 'asks the model' : 'the caller speaks' }
    })
    for (let index = 0; index < 9; index += 1) driver.perceive(interim(index))
    expect(driver.takeTrace().map(({ why }) => why)).toEqual([
      'the caller speaks',
      'asks the model',
      'the caller speaks',
      'asks the model',
      'the caller speaks',
      'asks the model',
    ])
    for (let index = 0; index < 1000; index += 1) driver.perceive(interim(index))
    expect(driver.takeTrace()).toHaveLength(200)
    expect(driver.takeTrace()).toEqual([])
  })

  it('does nothing once it is closed', () => {
    const { driver, perceived } = create(({ at }) => ({ wakeAt: at + 10 }))
    driver.perceive(interim(0))
    driver.close()
    vi.advanceTimersByTime(1000)
    driver.perceive(interim(2000))
    expect(perceived).toHaveLength(1)
  })
})
