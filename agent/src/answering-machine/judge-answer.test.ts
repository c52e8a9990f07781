import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Greeting, replayAnswer } from '../../test/answering-machine/replay-answer.ts'
import type { HeardAnswer } from './answer.ts'
import { answerRules, judgeAnswer } from './judge-answer.ts'
import { foldWords } from './phrases.ts'

const word = z.tuple([z.string(), z.number()])
const beep = z.object({ startMs: z.number(), endMs: z.number(), hertz: z.number() })
const greeting = z.object({
  ...{ id: z.string(), kind: z.enum(['human', 'machine', 'ivr']), language: z.string() },
  ...{ half: z.enum(['tune', 'measure']), beeps: z.array(beep) },
  utterances: z.array(z.object({ startMs: z.number(), endMs: z.number(), words: z.array(word) })),
})

/** Heard by bench/answering-machine.ts, which makes it anew with --write-fixture. */
async function readGreetings(): Promise<Greeting[]> {
  const file = new URL('../../test/answering-machine/greetings.json', import.meta.url)
  return z.array(greeting).parse(JSON.parse(await readFile(file, 'utf8')))
}

const nothing: HeardAnswer = { voice: [], words: [], beeps: [] }
const said = (text: string, { startMs = 500, endMs = 1200, isFinal = true } = {}): HeardAnswer => ({
  voice: [{ startMs, endMs }],
  words: [{ atMs: endMs + 200, text, isFinal }],
  beeps: [],
})
const judge = (heard: HeardAnswer, nowMs: number, language = 'en') =>
  judgeAnswer(heard, { nowMs, language })

describe('judgeAnswer', () => {
  it.each([7, Number.POSITIVE_INFINITY])(
    'tells 95 of 100 greetings right and takes no human for a machine, every %s. word misheard',
    async (wrongEvery) => {
      const greetings = (await readGreetings()).filter(({ kind }) => kind !== 'ivr')
      expect(greetings).toHaveLength(80)
      const judged = greetings.map((one) => ({ ...one, by: replayAnswer(one, { wrongEvery }).by }))
      const wrong = judged.filter(({ kind, by }) => kind !== by)
      expect(wrong.length, wrong.map(({ id }) => id).join(' ')).toBeLessThanOrEqual(4)
      expect(wrong.filter(({ kind }) => kind === 'human')).toEqual([])
    },
  )

  it('says nothing while it may still be either, and human once a short word is followed by silence', () => {
    const heard = said('Hello?')
    expect(judge(heard, 1200 + answerRules.shortSilenceMs - 20)).toBeUndefined()
    expect(judge(heard, 1200 + answerRules.shortSilenceMs)).toMatchObject({
      by: 'human',
      why: 'short-and-silent',
      trace: { voicedMs: 700, utterances: 1, words: 1 },
    })
  })

  it('waits longer for a first word that the recogniser has not told yet', () => {
    const heard = { ...said(''), words: [] }
    expect(judge(heard, 1200 + answerRules.shortSilenceMs)).toBeUndefined()
    expect(judge(heard, 1200 + answerRules.wordsLateMs)?.by).toBe('human')
  })

  it('knows a machine by its words while it still talks', () => {
    const heard = {
      ...nothing,
      voice: [{ startMs: 300 }],
      words: [{ atMs: 2500, text: 'please leave your message', isFinal: false }],
    }
    expect(judge(heard, 2500)).toMatchObject({ by: 'machine', why: 'machine-words' })
  })

  it('knows a machine by its beep, and by talking on without a pause', () => {
    const beeps = [{ startMs: 900, endMs: 1300, hertz: 1000 }]
    expect(judge({ ...nothing, beeps }, 1320)).toMatchObject({ by: 'machine', why: 'beep' })
    const voice = [{ startMs: 0, endMs: 3000 }, { startMs: 3200 }]
    expect(judge({ ...nothing, voice }, answerRules.talksOnMs - 1)).toBeUndefined()
    expect(judge({ ...nothing, voice }, answerRules.talksOnMs)).toMatchObject({
      by: 'machine',
      why: 'talks-on',
    })
  })

  it('takes a receptionist who thanks for the call for human, and a menu for a menu', () => {
    const desk = said('Thank you for calling, how can I help you', { endMs: 4200 })
    expect(judge(desk, 4200 + answerRules.shortSilenceMs)).toMatchObject({ why: 'human-words' })
    expect(judge(said('for sales press one'), 1500)).toMatchObject({ by: 'ivr', why: 'ivr-words' })
    expect(judge(said('to leave a message press five'), 1500)?.by).toBe('machine')
  })

  it('knows English words on a line of another language, and no words of an unknown one', () => {
    expect(judge(said('leave a message'), 1500, 'de-DE')?.by).toBe('machine')
    expect(judge(said('Nachricht nach dem Ton'), 1500, 'de-DE')?.by).toBe('machine')
    expect(judge(said('Nachricht nach dem Ton'), 1500, 'hi')).toBeUndefined()
  })

  it('does not count an interim twice that has become final', () => {
    const heard = said('Hello?')
    const words = [{ atMs: 900, text: 'Hell', isFinal: false }, ...heard.words]
    expect(judge({ ...heard, words }, 5000)?.trace.words).toBe(1)
  })

  it('gives up on a line that stays silent', () => {
    expect(judge(nothing, answerRules.longestMs - 1)).toBeUndefined()
    expect(judge(nothing, answerRules.longestMs)).toMatchObject({
      by: 'unknown',
      why: 'time-is-up',
    })
  })
})

describe('foldWords', () => {
  it('spells without marks, signs and capitals', () => {
    expect(foldWords('Größe: l’été, “can’t”—¿sí?')).toBe('grosse lete cant si')
  })
})
