import { describe, expect, it } from 'vitest'
import { CallUsageError, readCallArguments } from './options.ts'

describe('readCallArguments', () => {
  it('keeps what the caller does in the order given', () => {
    const { steps } = readCallArguments([
      ...['--say', 'Hello', '--dtmf', '12#', '--say=Bye', '--play', 'a.wav'],
      ...['--interrupt', '"Wait, please."@0.8', '--interrupt', 'No@2'],
    ])
    expect(steps).toEqual([
      { kind: 'say', text: 'Hello' },
      { kind: 'dtmf', keys: '12#' },
      { kind: 'say', text: 'Bye' },
      { kind: 'play', file: 'a.wav' },
      { kind: 'interrupt', text: 'Wait, please.', afterMs: 800 },
      { kind: 'interrupt', text: 'No', afterMs: 2000 },
    ])
  })

  it('rings over SIP with twenty seconds of patience by default', () => {
    expect(readCallArguments([])).toMatchObject({
      via: 'sip',
      timeoutMs: 20_000,
      language: 'en',
      json: false,
      mic: false,
      steps: [],
    })
    expect(readCallArguments(['--room', '--timeout', '0.5'])).toMatchObject({
      via: 'room',
      timeoutMs: 500,
    })
  })

  it('reads how bad the line is', () => {
    expect(readCallArguments(['--loss', '3', '--jitter', '40']).network).toEqual({
      lossRate: 0.03,
      jitterMs: 40,
    })
    expect(readCallArguments(['--say', 'Hello']).network).toBeUndefined()
  })

  it.each([
    [['--say', ' ']],
    [['--loss', '100']],
    [['--loss', 'much']],
    [['--jitter', '-1']],
    [['--jitter', '20', '--room']],
    [['--dtmf', '1 2']],
    [['--dtmf', '']],
    [['--interrupt', 'Wait']],
    [['--interrupt', '@0.8']],
    [['--timeout', '0']],
    [['--timeout', 'soon']],
    [['--mic', '--say', 'Hello']],
    [['--unknown']],
    [['something']],
    [['--say']],
  ])('does not take %j', (argv) => {
    expect(() => readCallArguments(argv)).toThrow(CallUsageError)
  })
})
