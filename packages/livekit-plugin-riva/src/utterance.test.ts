import { asLanguageCode, stt } from '@livekit/agents'
import { describe, expect, it } from 'vitest'
import { behindMsOf, stabilityOf, type Transcripts } from './transcript.ts'
import { Utterance } from './utterance.ts'

const {
  START_OF_SPEECH,
  INTERIM_TRANSCRIPT,
  FINAL_TRANSCRIPT,
  END_OF_SPEECH,
  PREFLIGHT_TRANSCRIPT,
} = stt.SpeechEventType

function speech(text: string): stt.SpeechData {
  return { text, language: asLanguageCode('en-US'), startTime: 0, endTime: 0, confidence: 0 }
}

function heard(interim?: string, finals: string[] = [], isEagerEnd = false): Transcripts {
  return {
    interim: interim === undefined ? undefined : speech(interim),
    finals: finals.map((text) => ({ speech: speech(text), coveredSeconds: 0 })),
    stability: 0.4,
    isEagerEnd,
    processedSeconds: 0,
  }
}

function types(events: readonly stt.SpeechEvent[]) {
  return events.map(({ type }) => type)
}

function create({ tellEagerEnd = false } = {}) {
  return new Utterance({ tellEagerEnd, requestId: () => 'request' })
}

describe('Utterance', () => {
  it('says how stable each interim is, and takes finals for certain', () => {
    const utterance = create()
    const events = [
      ...utterance.update(heard('a'), { nowMs: 0 }),
      ...utterance.update(heard(undefined, ['a b']), { nowMs: 1 }),
    ]
    expect(events.map((event) => [event.type, stabilityOf(event)])).toEqual([
      [START_OF_SPEECH, 0],
      [INTERIM_TRANSCRIPT, 0.4],
      [FINAL_TRANSCRIPT, 1],
      [END_OF_SPEECH, 0],
    ])
  })

  it('says of interims and finals how far behind the audio they are', () => {
    const utterance = create()
    const events = [
      ...utterance.update(heard('a'), { nowMs: 0, behindMs: 120 }),
      ...utterance.update(heard('a b'), { nowMs: 1 }),
      ...utterance.update(heard(undefined, ['a b']), { nowMs: 2, behindMs: 120 }),
    ]
    expect(events.filter(({ alternatives }) => alternatives).map(behindMsOf)).toEqual([
      ...[120, undefined, 120],
    ])
  })

  it('tells one start and one end around each utterance', () => {
    const utterance = create()
    expect(types(utterance.update(heard('a'), { nowMs: 0 }))).toEqual([
      START_OF_SPEECH,
      INTERIM_TRANSCRIPT,
    ])
    expect(types(utterance.update(heard('a b'), { nowMs: 1 }))).toEqual([INTERIM_TRANSCRIPT])
    expect(types(utterance.update(heard(undefined, ['a b']), { nowMs: 2 }))).toEqual([
      FINAL_TRANSCRIPT,
      END_OF_SPEECH,
    ])
    expect(types(utterance.update(heard('c'), { nowMs: 3 }))).toEqual([
      START_OF_SPEECH,
      INTERIM_TRANSCRIPT,
    ])
  })

  it('tells both for a final without interims, and for the interim that follows it', () => {
    expect(types(create().update(heard('next', ['yes']), { nowMs: 0 }))).toEqual([
      START_OF_SPEECH,
      FINAL_TRANSCRIPT,
      END_OF_SPEECH,
      START_OF_SPEECH,
      INTERIM_TRANSCRIPT,
    ])
  })

  it('says nothing for an empty final, but ends what was open', () => {
    const utterance = create()
    expect(utterance.update(heard(undefined, ['']), { nowMs: 0 })).toEqual([])
    utterance.update(heard('uh'), { nowMs: 1 })
    expect(types(utterance.update(heard(undefined, ['']), { nowMs: 2 }))).toEqual([END_OF_SPEECH])
    expect(utterance.isOpen).toBe(false)
  })

  it('knows since when an interim says the same', () => {
    const utterance = create()
    expect(utterance.unchangedSinceMs).toBeUndefined()
    utterance.update(heard('a'), { nowMs: 5 })
    utterance.update(heard('a'), { nowMs: 6 })
    expect(utterance.unchangedSinceMs).toBe(5)
    utterance.update(heard('a b'), { nowMs: 7 })
    expect(utterance.unchangedSinceMs).toBe(7)
  })

  it('makes the open interim final when asked, once', () => {
    const utterance = create()
    utterance.update(heard('that is all'), { nowMs: 0 })
    const events = utterance.finishWithInterim()
    expect(types(events)).toEqual([FINAL_TRANSCRIPT, END_OF_SPEECH])
    expect(events[0]?.alternatives?.[0].text).toBe('that is all')
    expect(utterance.finishWithInterim()).toEqual([])
  })

  it.each([
    [true, PREFLIGHT_TRANSCRIPT],
    [false, INTERIM_TRANSCRIPT],
  ])('tells an eager end only where it was asked for (%s)', (tellEagerEnd, type) => {
    const events = create({ tellEagerEnd }).update(heard('yes', [], true), { nowMs: 0 })
    expect(types(events)).toEqual([START_OF_SPEECH, type])
  })
})
