import { describe, expect, it } from 'vitest'
import type { Perception } from './perception.ts'
import { toProfile } from './profile.ts'
import { inOrder, play, usualProfile, usualTurnTaking, windows } from './scene.ts'

const ownVoice = (at: number, isSpeaking: boolean, isInterruptible = true): Perception => ({
  ...{ type: 'own-voice', at, isSpeaking, isInterruptible },
})
const interim = (at: number, text: string, stability = 0.9): Perception => ({
  ...{ type: 'interim', at, text, stability },
})
const final = (at: number, text: string, heardUntil?: number): Perception => ({
  ...{ type: 'final', at, text, confidence: 0.9, heardUntil },
})
const model = (at: number, probability: number): Perception => ({
  ...{ type: 'end-of-turn', at, askedAt: at - 50, probability, threshold: 0.36 },
})
const expecting = (expected: 'yes-no' | 'digits' | 'spelling' | 'date'): Perception => ({
  ...{ type: 'expect', at: 0, expect: expected },
})

interface Scene {
  readonly perceptions: readonly (Perception | readonly Perception[])[]
  readonly until?: number
  readonly language?: string
}

const run = ({ perceptions, until = 6000, language = 'en' }: Scene) =>
  play(inOrder(...perceptions), { profile: usualProfile(language), until })
const types = (scene: Scene) => run(scene).commands.map(({ type }) => type)
const commits = (scene: Scene) =>
  run(scene).commands.flatMap((command) => (command.type === 'commit' ? [command] : []))

describe('the end of a turn', () => {
  const sentence = (text: string, probability: number, more: readonly Perception[] = []) => ({
    perceptions: [
      windows(0, 1024),
      windows(1024, 5000, 'silence'),
      [interim(900, text), interim(1100, text, 1)],
      model(1280, probability),
      more,
    ],
  })

  it.each([
    [
      'a sentence of which the model is sure',
      'a double room for two nights please',
      0.9,
      1324,
      1424,
    ],
    [
      'a sentence that sounds closed, while the model doubts',
      'a double room please',
      0.2,
      1324,
      1850,
    ],
    ['a sentence without a mark, the model sure', 'we arrive late in the evening', 0.9, 1324, 1700],
    [
      'a sentence without a mark, the model doubtful',
      'we arrive late in the evening',
      0.1,
      1900,
      3024,
    ],
    ['a sentence that goes on, the model doubtful', 'i would like a room for the', 0.1, 2700, 3024],
    ['a sentence that goes on, the model sure', 'i would like a room for the', 0.9, 1800, 3024],
    ['a filler at the end', 'i would like uh', 0.3, 2700, 3024],
  ])('%s', (_name, text, probability, earliest, latest) => {
    const [commit, ...others] = commits(sentence(text, probability))
    expect(others).toEqual([])
    expect(commit?.text).toBe(text)
    expect(commit?.endedAt).toBe(1024)
    expect(commit?.at).toBeGreaterThanOrEqual(earliest)
    expect(commit?.at).toBeLessThanOrEqual(latest)
  })

  it('is decided without the model when that does not answer', () => {
    const { perceptions } = sentence('a double room please', 0.9)
    const [commit] = commits({ perceptions: perceptions.filter((one) => 'length' in one) })
    expect(commit).toMatchObject({ reason: 'silence' })
    expect(commit?.at).toBeLessThan(1600)
  })

  it('asks the model after 200 ms of silence, and again while it doubts', () => {
    const { commands } = run(sentence('i would like a room for the', 0.1))
    expect(commands.filter(({ type }) => type === 'predict').map(({ at }) => at)).toEqual([
      1224, 1524,
    ])
  })

  it('asks for the final as soon as the turn is decided, once', () => {
    const { commands } = run(sentence('a double room please', 0.9))
    expect(commands.filter(({ type }) => type === 'flush')).toHaveLength(1)
  })

  it('waits for the final when the interim may still change', () => {
    const unsettled = [
      windows(0, 1024),
      windows(1024, 4000, 'silence'),
      [
        interim(1000, 'a double room pl', 0.4),
        model(1280, 0.9),
        final(1700, 'a double room please'),
      ],
    ]
    expect(commits({ perceptions: unsettled })).toMatchObject([
      { at: 1700, text: 'a double room please' },
    ])
  })

  it('goes without the final when that does not come', () => {
    const unsettled = [
      windows(0, 1024),
      windows(1024, 4000, 'silence'),
      [interim(1000, 'a double room', 0.4), model(1280, 0.9)],
    ]
    const [commit] = commits({ perceptions: unsettled })
    expect(commit).toMatchObject({ text: 'a double room' })
    expect(commit?.at).toBeGreaterThan(1700)
    expect(commit?.at).toBeLessThan(2500)
  })

  it('asks for the final of what is likely the turn when a pause inside it would be over', () => {
    const { commands } = run({
      perceptions: [
        windows(0, 1024),
        windows(1024, 4000, 'silence'),
        [interim(1000, 'a double room please', 0.4), model(1280, 0.9)],
        final(1404, 'a double room please'),
      ],
    })
    const told = commands.filter(({ type }) => ['flush', 'speculate', 'commit'].includes(type))
    expect(told.map(({ type, at }) => [type, at])).toEqual([
      ['flush', 1324],
      ['commit', 1404],
    ])
  })

  it('parts no sentence for what it sends ahead: the final is asked for with the decision', () => {
    const told = run(sentence('when is breakfast', 0.9)).commands.filter(({ type }) =>
      ['flush', 'speculate', 'commit'].includes(type),
    )
    expect(told.map(({ type }) => type)).toEqual(['speculate', 'flush', 'commit'])
    expect(told[0]?.at).toBeLessThan(1250)
    expect(told[1]?.at).toBe(told[2]?.at)
  })

  it('asks for the final of what sounds unfinished when not all of it was heard', () => {
    const heardUntil = (at: number) => ({ ...interim(1000, 'a room for the', 0.4), heardUntil: at })
    const flushes = (perception: Perception) =>
      run({
        perceptions: [windows(0, 1024), windows(1024, 1700, 'silence'), perception],
        until: 1700,
      })
        .commands.filter(({ type }) => type === 'flush')
        .map(({ at }) => at)
    expect(flushes(heardUntil(900))).toEqual([1324])
    expect(flushes(heardUntil(1100))).toEqual([])
  })

  it('waits longer for a recogniser that has not come to most of what was said', () => {
    const upTo = (heardUntil: number, rest: readonly Perception[] = []) =>
      commits({
        perceptions: [
          windows(0, 3008),
          windows(3008, 9000, 'silence'),
          [final(1300, 'how much is a room', heardUntil), model(3300, 0.9)],
          rest,
        ],
      })
    const said = 'with breakfast for two nights please'
    const late = final(5200, said, 3200)
    expect(upTo(1200, [late])).toMatchObject([{ text: `how much is a room ${said}`, at: 5200 }])
    // It never comes to it: what was understood is answered after all.
    const [given] = upTo(1200)
    expect(given).toMatchObject({ text: 'how much is a room' })
    expect(given?.at).toBeGreaterThan(6000)
    // A cough behind the words is not waited for like a sentence.
    const [coughed] = upTo(2800)
    expect(coughed?.at).toBeLessThan(4100)
    const [heard] = upTo(3100)
    expect(heard?.at).toBeLessThan(3600)
  })

  it('takes finals and the interim in order', () => {
    const spoken = [
      windows(0, 2048),
      windows(2048, 4000, 'silence'),
      [final(900, 'good evening'), interim(2100, 'a room for tonight', 1), model(2300, 0.9)],
    ]
    expect(commits({ perceptions: spoken })).toMatchObject([
      { text: 'good evening a room for tonight' },
    ])
  })

  it('forgets the pause when the caller goes on', () => {
    const pausing = [
      windows(0, 1024),
      windows(1024, 1632, 'silence'),
      windows(1632, 2656),
      windows(2656, 5000, 'silence'),
      [interim(1100, 'i need a room for', 1), model(1280, 0.1)],
      [interim(2700, 'i need a room for two please', 1), model(2910, 0.9)],
    ]
    expect(commits({ perceptions: pausing })).toMatchObject([
      { text: 'i need a room for two please', endedAt: 2656 },
    ])
  })
})

describe('what is expected', () => {
  const said = (
    expected: 'yes-no' | 'digits' | 'spelling' | 'date',
    text: string,
    { probability = 0.9, language = 'en' } = {},
  ): Scene => ({
    language,
    perceptions: [
      expecting(expected),
      windows(0, 512),
      windows(512, 5000, 'silence'),
      [interim(500, text, 0.8), interim(600, text, 1)],
      model(770, probability),
    ],
  })

  it.each([
    ['en', 'yes'],
    ['en', 'no thank you'],
    ['de', 'ja bitte'],
    ['fr', "d'accord"],
    ['es', 'sí, claro'],
    ['it', 'va bene'],
    ['hi', 'जी हाँ'],
  ])('a plain answer is taken at once (%s: %s)', (language, text) => {
    const [commit] = commits(said('yes-no', text, { language }))
    expect(commit?.text).toBe(text)
    expect(commit?.at).toBeLessThanOrEqual(640)
  })

  it('an answer with more to it waits like any other', () => {
    const [commit] = commits(said('yes-no', 'yes but'))
    expect(commit?.at).toBeGreaterThan(1000)
  })

  it.each([
    ['digits', 'four seven one one', 'en'],
    ['digits', 'null eins sieben', 'de'],
    ['digits', '0171', 'de'],
    ['spelling', 'm e y', 'en'],
    ['date', 'the fourteenth of', 'en'],
    ['date', 'am vierzehnten', 'de'],
  ] as const)('%s are waited for: %s', (expected, text, language) => {
    const [commit] = commits(said(expected, text, { language }))
    expect(commit?.at).toBeGreaterThanOrEqual(1400)
  })

  it.each([
    ['date', 'the fourteenth of march', 'en'],
    ['date', 'am dritten april', 'de'],
    ['date', 'le quatorze juillet', 'fr'],
    ['digits', 'two hundred and twelve', 'en'],
    ['digits', 'einundzwanzig', 'de'],
    ['spelling', 'meyer m e y e r', 'en'],
  ] as const)('%s that are whole are not: %s', (expected, text, language) => {
    const [commit] = commits(said(expected, text, { language }))
    expect(commit?.at).toBeLessThanOrEqual(950)
    expect(commit?.reason).toBe('complete')
  })
})

describe('speech over our voice', () => {
  const over = (
    perceptions: Scene['perceptions'],
    { language = 'en', isInterruptible = true } = {},
  ): Scene => ({
    language,
    perceptions: [ownVoice(0, true, isInterruptible), windows(0, 992, 'silence'), ...perceptions],
  })
  const barge = (scene: Scene) =>
    run(scene).commands.filter(({ type }) => ['duck', 'restore', 'interrupt'].includes(type))

  it('brings it down with the first window that the VAD is sure of', () => {
    const [duck] = barge(over([windows(992, 1400)]))
    expect(duck).toMatchObject({ type: 'duck', at: 992 + 32 })
  })

  it('brings it down with the second window of what may be speech', () => {
    const [duck] = barge(over([windows(992, 1400, 'click')]))
    expect(duck).toMatchObject({ type: 'duck', at: 992 + 64 })
  })

  it.each([
    ['a click', [...windows(992, 1024, 'click'), ...windows(1024, 2000, 'silence')]],
    ['echo', windows(992, 3000, 'echo')],
    ['steady noise', windows(992, 3000, 'noise')],
  ] as const)('is not %s', (_name, sound) => {
    expect(barge(over([sound]))).toEqual([])
  })

  it.each([
    ['en', 'mm-hm'],
    ['en', 'okay'],
    ['en', 'yeah right'],
    ['de', 'ja'],
    ['de', 'ach so'],
    ['fr', "d'accord"],
    ['es', 'sí'],
    ['it', 'va bene'],
    ['hi', 'अच्छा'],
  ])(
    'goes on within 400 ms after a backchannel (%s: %s), and no turn is made of it',
    (language, text) => {
      const scene = over(
        [
          windows(992, 1408),
          windows(1408, 3000, 'silence'),
          [interim(1300, text), final(1700, text), ownVoice(2500, false)],
        ],
        { language },
      )
      expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
      expect(barge(scene).at(-1)?.at).toBeLessThanOrEqual(1408 + 400)
      expect(commits(scene)).toEqual([])
    },
  )

  it('goes on after a cough, for which there are no words', () => {
    const scene = over([windows(992, 1312), windows(1312, 3000, 'silence')])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
    expect(barge(scene).at(-1)?.at).toBeLessThanOrEqual(1312 + 400)
  })

  it.each([
    ['en', 'stop'],
    ['en', 'no'],
    ['en', 'wait'],
    ['de', 'halt'],
    ['de', 'nein'],
    ['fr', 'attends'],
    ['fr', 'non'],
    ['es', 'espera'],
    ['es', 'alto'],
    ['it', 'ferma'],
    ['it', 'aspetti'],
    ['hi', 'रुको'],
    ['hi', 'ruko'],
    ['en', 'Good-by,'],
    ['de', 'Tschüss'],
    ['fr', 'au revoir'],
    ['es', 'adiós'],
    ['it', 'arrivederci'],
  ])('stops at once at a word that means it (%s: %s)', (language, text) => {
    const scene = over([windows(992, 1312), interim(1250, text, 0.2)], { language })
    expect(barge(scene)).toMatchObject([{ type: 'duck' }, { type: 'interrupt', at: 1250 }])
  })

  it('does not stop for the first guess at a backchannel', () => {
    const guesses = [interim(1300, 'off', 0.1), interim(1600, 'of course', 0.5)]
    const scene = over([windows(992, 1600), windows(1600, 3000, 'silence'), guesses])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
  })

  it.each([
    [
      'begins with the same words',
      [interim(1300, 'tuesday', 0.1), interim(1500, 'tuesday morning', 0.3)],
      1500,
    ],
    ['is a final', [interim(1300, 'tuesday morning', 0.1), final(1450, 'tuesday morning')], 1450],
    ['is three words long', [interim(1350, 'tuesday morning early', 0.1)], 1350],
    ['will not change', [interim(1350, 'tuesday morning', 1)], 1350],
  ] as const)('stops for words as soon as the next guess %s', (_why, words, at) => {
    const scene = over([windows(992, 2000), words])
    expect(barge(scene)).toMatchObject([{ type: 'duck' }, { type: 'interrupt', at }])
  })

  it('asks for the words of a guess when its sound is over, and waits for them', () => {
    const scene = over([
      ...[windows(992, 1440), windows(1440, 3000, 'silence')],
      ...[interim(1400, 'tuesday morning', 0.1), final(1620, 'tuesday morning')],
    ])
    expect(types(scene)).toContain('flush')
    expect(barge(scene)).toMatchObject([{ type: 'duck' }, { type: 'interrupt', at: 1620 }])
  })

  it('stops when the word comes after it has gone on', () => {
    const scene = over([windows(992, 1312), windows(1312, 3000, 'silence'), final(1750, 'stop')])
    expect(barge(scene)).toMatchObject([
      { type: 'duck' },
      { type: 'restore' },
      { type: 'interrupt', at: 1750 },
    ])
  })

  it('stops for speech that goes on, even if it is not understood', () => {
    const scene = over([windows(992, 4000)])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'interrupt'])
    expect(barge(scene).at(-1)?.at).toBeLessThanOrEqual(992 + 1600)
  })

  it('lets music pass that sounds like a voice, and does not go down for it again', () => {
    const scene = over([windows(992, 5000, 'music')])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
  })

  it('takes what may become a backchannel for one', () => {
    const halves = [interim(1300, 'de'), interim(1500, 'de acuerdo')]
    const scene = over([windows(992, 1600), windows(1600, 3000, 'silence'), halves], {
      language: 'es',
    })
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
  })

  it('waits for the other half of a backchannel, even after it has gone on', () => {
    const halves = [interim(1380, 'i'), interim(1700, 'i see')]
    const scene = over([...windows(992, 1408), ...windows(1408, 3000, 'silence'), ...halves])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
  })

  it.each(['Goodbye.', 'Good-by,', 'Good bye.'])(
    'does not lose a backchannel that becomes more, though our voice has ended between (%s)',
    (text) => {
      const word = [windows(992, 1312), windows(1312, 4000, 'silence'), interim(1400, 'Good')]
      const between = [ownVoice(1650, false), final(1700, text), ownVoice(1900, true)]
      expect(commits(over([...word, ...between]))).toMatchObject([{ text, at: 1700 }])
    },
  )

  it('stops for a backchannel that turns out to be a goodbye', () => {
    const words = [interim(1400, 'Good'), final(1750, 'Goodbye.')]
    const scene = over([windows(992, 1312), windows(1312, 4000, 'silence'), ...words])
    expect(barge(scene).at(-1)).toMatchObject({ type: 'interrupt', at: 1750 })
    expect(commits(scene)).toMatchObject([{ text: 'Goodbye.' }])
  })

  it('hears what follows a backchannel together with it', () => {
    const words = [
      interim(1400, 'Yes'),
      interim(2400, 'Yes and a cot please'),
      final(2700, 'Yes and a cot please'),
    ]
    const scene = over([
      ...[windows(992, 1312), windows(1312, 1900, 'silence'), windows(1900, 2400)],
      ...[windows(2400, 5000, 'silence'), ...words],
    ])
    expect(commits(scene)).toMatchObject([{ text: 'Yes and a cot please' }])
  })

  it('keeps a short word that means something for when our voice has ended', () => {
    const word = [windows(992, 1312), windows(1312, 4000, 'silence'), final(1600, 'tuesday')]
    const scene = over([...word, ownVoice(2500, false)])
    expect(barge(scene).map(({ type }) => type)).toEqual(['duck', 'restore'])
    expect(commits(scene)).toMatchObject([{ text: 'tuesday', at: 2500 }])
  })

  it('knows our own words by what we are saying, before the echo guard knows our voice', () => {
    const saying = { ...ownVoice(0, true), text: 'We have a double room.' }
    const perceptions = [
      ...[saying, windows(200, 520), windows(520, 3000, 'silence')],
      ...[interim(600, 'we have'), final(900, 'we have a double')],
    ]
    expect(barge({ perceptions })).toMatchObject([{ type: 'duck' }, { type: 'restore' }])
  })

  it('takes the echo of a greeting that is over already for no turn', () => {
    const saying = { ...ownVoice(0, true), text: 'Hello.' }
    const perceptions = [
      ...[saying, windows(300, 620), ownVoice(640, false)],
      ...[windows(620, 4000, 'silence'), final(900, 'hello')],
    ]
    expect(commits({ perceptions })).toEqual([])
  })

  it('takes an answer in our own words, behind our line, for what it is', () => {
    const asking = { ...ownVoice(0, true), text: 'Single or double?' }
    const perceptions = [
      ...[asking, ownVoice(1000, false), windows(1100, 1500)],
      ...[windows(1500, 5000, 'silence'), final(1800, 'double'), model(1790, 0.9)],
    ]
    expect(commits({ perceptions })).toMatchObject([{ text: 'double' }])
  })

  it('stops once, however much more is said', () => {
    const words = [interim(1300, 'stop'), interim(1500, 'stop stop'), interim(1700, 'stop no wait')]
    expect(barge(over([windows(992, 3000), words])).map(({ type }) => type)).toEqual([
      'duck',
      'interrupt',
    ])
  })

  it('is answered after it has stopped us', () => {
    const scene = over([
      windows(992, 2016),
      windows(2016, 5000, 'silence'),
      [interim(1400, 'what about breakfast'), ownVoice(1500, false)],
      [interim(2100, 'what about breakfast instead', 1), model(2270, 0.9)],
    ])
    expect(commits(scene)).toMatchObject([{ text: 'what about breakfast instead' }])
  })

  it('cannot stop a line that must be heard, and is answered after it', () => {
    const scene = over(
      [
        windows(992, 2016),
        windows(2016, 6000, 'silence'),
        [interim(1400, 'stop'), final(2200, 'stop i want a room'), ownVoice(4000, false)],
      ],
      { isInterruptible: false },
    )
    expect(barge(scene)).toEqual([])
    expect(commits(scene)).toMatchObject([{ text: 'stop i want a room', at: 4000 }])
  })

  it('keeps a yes that is waited for, when our voice ends soon', () => {
    const yes = [windows(992, 1312), windows(1312, 4000, 'silence'), final(1600, 'yes')]
    const scene = over([expecting('yes-no'), ...yes, ownVoice(2000, false)])
    expect(commits(scene)).toMatchObject([{ text: 'yes', at: 2000 }])
  })

  it('takes no echo for words of the caller', () => {
    const scene = over([
      windows(992, 3000, 'echo'),
      [final(2000, 'how many nights would you like'), ownVoice(3000, false)],
    ])
    expect(types(scene)).not.toContain('commit')
    expect(barge(scene)).toEqual([])
  })

  it('is cut in on by the caller’s own device', () => {
    const cut: Perception = { type: 'cut-in', at: 1500, by: 'cancel-tts' }
    expect(barge(over([cut]))).toMatchObject([{ type: 'interrupt', at: 1500 }])
    expect(barge(over([cut], { isInterruptible: false }))).toEqual([])
  })

  it('interrupts before the first frame: our voice begins while the caller speaks', () => {
    const perceptions = [
      [...windows(0, 2000), interim(900, 'and another thing')],
      ownVoice(1000, true),
    ]
    expect(barge({ perceptions })).toMatchObject([{ type: 'interrupt', at: 1000 }])
  })
})

describe('races', () => {
  const decided = [
    windows(0, 1024),
    windows(1024, 5000, 'silence'),
    [interim(1000, 'a double room please'), interim(1100, 'a double room please', 1)],
    model(1280, 0.9),
  ]

  it('a late final of the same words is no second turn', () => {
    expect(
      commits({ perceptions: [decided, final(1600, 'A double room, please.')].flat() }),
    ).toHaveLength(1)
  })

  it('a late final that corrects a word is no second turn', () => {
    expect(
      commits({ perceptions: [decided, final(1600, 'a double broom please')].flat() }),
    ).toHaveLength(1)
  })

  it('a late final with more words gives the rest', () => {
    const perceptions = [...decided, final(1600, 'a double room please for two')]
    expect(commits({ perceptions }).map(({ text }) => text)).toEqual([
      'a double room please',
      'for two',
    ])
  })

  it('a late final with more words does not call off the reply that is being heard', () => {
    const late = [ownVoice(1500, true), final(1600, 'a double room please for two')]
    const perceptions = [...decided, late, ownVoice(3000, false)]
    expect(types({ perceptions })).not.toContain('interrupt')
    expect(commits({ perceptions })).toHaveLength(1)
  })

  it('words of the next utterance are not taken for those of the one before', () => {
    const next = [windows(5000, 6024), windows(6024, 9000, 'silence')]
    const perceptions = [
      ...decided,
      ...[final(1500, 'a double room please'), ...next],
      ...[interim(6100, 'a double room please', 1), model(6280, 0.9)],
    ]
    expect(commits({ perceptions, until: 9000 })).toHaveLength(2)
  })

  it('nothing is decided after the caller has left', () => {
    const perceptions = [
      ...[windows(0, 1024), windows(1024, 1200, 'silence')],
      ...[{ type: 'left', at: 1210 } as const, final(1500, 'a double room please')],
    ]
    expect(commits({ perceptions })).toEqual([])
  })
})

describe('speculation', () => {
  it('sends a likely turn before the silence is over, and the turn confirms it', () => {
    const { commands } = run({
      perceptions: [
        windows(0, 1024),
        windows(1024, 4000, 'silence'),
        [interim(1000, 'a double room please'), interim(1200, 'a double room please', 1)],
        [model(1280, 0.9), final(1310, 'A double room, please.')],
      ],
    })
    const said = commands.filter(({ type }) => type === 'speculate' || type === 'commit')
    expect(said).toMatchObject([
      { type: 'speculate', text: 'a double room please' },
      { type: 'commit', text: 'a double room please' },
    ])
    expect(said[0]?.at).toBeLessThan(Number(said[1]?.at) - 80)
  })

  it('takes it back when the caller goes on, and stops after as many as the line allows', () => {
    const parts = [0, 1, 2, 3].flatMap((part) => {
      const from = part * 1248
      const words = 'one more please '.repeat(part + 1).trim()
      return [
        ...windows(from, from + 1024),
        ...windows(from + 1024, from + 1248, 'silence'),
        ...[interim(from + 1050, words, 1)],
      ]
    })
    const speculated = types({ perceptions: [parts], until: 5000 }).filter((type) =>
      ['speculate', 'drop'].includes(type),
    )
    expect(speculated).toEqual(['speculate', 'drop', 'speculate', 'drop'])
    const { commands } = play(inOrder(parts), {
      profile: toProfile({ ...usualTurnTaking, maxSpeculations: 0 }, 'en'),
      until: 5000,
    })
    expect(commands.map(({ type }) => type)).not.toContain('speculate')
  })
})

describe('adaptation', () => {
  const pausing = (pauseMs: number, adaptToCaller: boolean) => {
    const parts = [0, 1, 2, 3].flatMap((part) => {
      const from = part * (1024 + pauseMs)
      return [
        ...windows(from, from + 1024),
        ...windows(from + 1024, from + 1024 + pauseMs, 'silence'),
        interim(from + 1040, 'i want '.repeat(part + 1), 1),
      ]
    })
    const end = 4 * (1024 + pauseMs)
    const last = [...windows(end, end + 1024), ...windows(end + 1024, end + 4000, 'silence')]
    const words = [interim(end + 1040, 'i want a quiet double room', 1), model(end + 1280, 0.5)]
    const { commands } = play(inOrder(parts, last, words), {
      profile: toProfile({ ...usualTurnTaking, adaptToCaller }, 'en'),
      until: end + 4000,
    })
    const commit = commands.find(({ type }) => type === 'commit')
    return Number(commit?.at) - end - 1024
  }

  it('waits longer for a caller who pauses longer, if the line wants it', () => {
    expect(pausing(992, true)).toBeGreaterThan(pausing(256, true) + 100)
    expect(pausing(992, false)).toBe(pausing(256, false))
  })

  it('stays within the line’s longest silence', () => {
    expect(pausing(1472, true)).toBeLessThanOrEqual(2032)
  })
})
