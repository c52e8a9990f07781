import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conversation } from './conversation.ts'
import { type Started, start } from './start.ts'

let server: Started

beforeAll(async () => {
  server = await start()
})

afterAll(async () => {
  await server.close()
})

function ring(options: ConstructorParameters<typeof Conversation>[1] = {}): Conversation {
  return new Conversation(server.client, options)
}

const names = (answer: { calls: readonly { name: string }[] }) =>
  answer.calls.map(({ name }) => name)

describe('a call', () => {
  it('asks for availability with the dates said and speaks the price of the result', async () => {
    const call = ring({ prices: { single: 71, double: 113.5 } })
    const answer = await call.say(
      'Hello, do you have a double room from the third to the fifth of December?',
    )
    expect(answer.calls).toEqual([
      {
        name: 'check_availability',
        arguments: { check_in: '2026-12-03', check_out: '2026-12-05', room_type: 'double' },
      },
    ])
    expect(answer.text).toContain('from the third to the fifth of December')
    expect(answer.text).toContain('113.50 euros a night')
    expect(answer.text).toContain('227 euros in all')
  })

  it('says goodbye and hangs up in one reply, and then has nothing more to say', async () => {
    const call = ring()
    await call.say('A double room tomorrow for one night please')
    const answer = await call.say('No thank you, goodbye')
    expect(names(answer)).toEqual(['end_call'])
    expect(answer.text.match(/goodbye/gi)).toHaveLength(1)
  })

  it('books only after the read-back was confirmed, with what was read back', async () => {
    const call = ring()
    expect(
      names(await call.say('I would like to book a double rum from december third through fifth')),
    ).toEqual(['check_availability'])
    const readBack = await call.say('My name is Anna Schmidt.')
    expect(names(readBack)).toEqual([])
    expect(readBack.text).toMatch(
      /double room.*third to the fifth of December.*226 euros.*Anna Schmidt/,
    )
    const booked = await call.say('Yes, that is right.')
    expect(booked.calls).toEqual([
      {
        name: 'create_reservation',
        arguments: {
          room_type: 'double',
          check_in: '2026-12-03',
          check_out: '2026-12-05',
          guest_name: 'Anna Schmidt',
        },
      },
    ])
    expect(booked.text).toContain('9 0 3 4')
    expect(names(await call.say('Yes'))).toEqual([])
  })

  it('says that no second room was booked when the tool has booked the same one before', async () => {
    const call = ring()
    const answers = []
    for (const _time of ['first', 'second']) {
      await call.say('I would like to book a double room from december third through fifth')
      await call.say('My name is Anna Schmidt.')
      answers.push(await call.say('Yes, that is right.'))
    }
    expect(answers.map(names)).toEqual([['create_reservation'], ['create_reservation']])
    expect(answers[0]?.text).not.toContain('No second room')
    expect(answers[1]?.text).toContain('9 0 3 4. No second room was booked.')
  })

  it('takes "yes" to the offer as the wish to book, not as the confirmation', async () => {
    const call = ring()
    await call.say('a suite tomorrow for two nights')
    const answer = await call.say('Yes please')
    expect(names(answer)).toEqual([])
    expect(answer.text).toMatch(/name/)
  })

  it('books nothing on a "yes" to a read-back that was cut off', async () => {
    const call = ring()
    await call.say('Book a suite tomorrow for two nights, my name is Tom Baker')
    call.cutLastReply('So that is a suite')
    const again = await call.say('Yes')
    expect(names(again)).toEqual([])
    expect(again.text).toContain('Tom Baker')
    expect(names(await call.say('Yes'))).toEqual(['create_reservation'])
  })

  it('books nothing on a "yes" that changes something or asks something', async () => {
    const call = ring()
    await call.say('Book a double room tomorrow for two nights, my name is Tom Baker')
    expect(names(await call.say('Yes, but make it a suite'))).toEqual(['check_availability'])
    expect(names(await call.say('Okay, and what time is breakfast?'))).toEqual(['get_hotel_info'])
    const booked = await call.say('yes please book it')
    expect(booked.calls[0]?.arguments).toMatchObject({ room_type: 'suite' })
  })

  it('asks what to change when the read-back is wrong, and reads back again', async () => {
    const call = ring()
    await call.say('Book a double room tomorrow for two nights, my name is Tom Baker')
    expect((await call.say('No')).text).toMatch(/change/)
    expect((await call.say('the name')).text).toMatch(/name/)
    expect((await call.say('Tim Barker')).text).toMatch(/for Tim Barker/)
    expect((await call.say('Yes')).calls[0]?.arguments).toMatchObject({ guest_name: 'Tim Barker' })
  })

  it.each([
    ['no wait, Anna Berg', 'Anna Berg'],
    ["No, that's wrong, it's Anna Berger", 'Anna Berger'],
    ['uh, Hanna Berg', 'Hanna Berg'],
  ])('takes "%s" for a correction of the name that was read back', async (text, name) => {
    const call = ring()
    await call.say('Book a double room tomorrow for two nights, my name is Anna')
    const again = await call.say(text)
    expect(names(again)).toEqual([])
    expect(again.text).toContain(`for ${name}.`)
    expect((await call.say('Yes')).calls[0]?.arguments).toMatchObject({ guest_name: name })
  })

  it.each(['Yes, that would be great.', 'Thank you for your help', 'yes please'])(
    'does not book for "%s" when it asked for a name',
    async (text) => {
      const call = ring()
      await call.say('Book a double room tomorrow for two nights')
      const answer = await call.say(text)
      expect(names(answer)).toEqual([])
      expect(answer.text).toMatch(/name|anything else/)
    },
  )

  it.each(["that's too expensive", 'okay, I will think about it', 'no thanks', 'never mind'])(
    'takes "%s" to an offer for a refusal',
    async (text) => {
      const call = ring()
      await call.say('a double room tomorrow for two nights')
      expect((await call.say(text)).text).toMatch(/anything else/)
    },
  )

  it('does not tell the whole offer again after a question in between', async () => {
    const call = ring()
    await call.say('a double room tomorrow for two nights')
    const answer = await call.say('Do you have a sea view?')
    expect(answer.text).toMatch(/book it/)
    expect(answer.text).not.toContain('113')
  })

  it('tells of a booking that was done while the caller spoke on', async () => {
    const call = ring()
    await call.say('Book a double room tomorrow for two nights, my name is Anna Berg')
    await call.say('Yes')
    call.dropLastReply()
    const answer = await call.say('hello?')
    expect(names(answer)).toEqual([])
    expect(answer.text).toContain('9 0 3 4')
  })

  it('collects what is missing, one question at a time', async () => {
    const call = ring()
    expect((await call.say('Hi, I need a room')).text).toMatch(/which day|dates/)
    expect((await call.say('On the tenth of December')).text).toMatch(/nights|until/i)
    const options = await call.say('two')
    expect(options.calls[0]?.arguments).toEqual({ check_in: '2026-12-10', check_out: '2026-12-12' })
    expect(options.text).toMatch(
      /single room for 71 euros.*double room for 113 euros.*suite for 307 euros/,
    )
    const offer = await call.say('the cheapest one')
    expect(offer.calls[0]?.arguments).toMatchObject({ room_type: 'single' })
  })

  it('tells of all rooms when the tool names the cheapest and others', async () => {
    const answer = await ring({ unasked: 'cheapest' }).say('a room tomorrow for one night')
    expect(answer.text).toMatch(/71 euros.*113 euros.*307 euros.*\?$/)
  })

  it.each(['enum', 'described'] as const)(
    'spells a misheard kind of room as the tool does (%s)',
    async (kinds) => {
      const answer = await ring({ kinds }).say('a dabble room tomorrow for one night')
      expect(answer.calls[0]?.arguments).toMatchObject({ room_type: 'double' })
    },
  )

  it('takes corrections', async () => {
    const call = ring()
    await call.say('a double room from the third to the fifth of December')
    expect((await call.say('actually from the fourth')).calls[0]?.arguments).toMatchObject({
      check_in: '2026-12-04',
      check_out: '2026-12-05',
    })
    expect((await call.say('no, make it a sweet')).calls[0]?.arguments).toMatchObject({
      room_type: 'suite',
    })
  })

  it('asks again about a stay only when something changed', async () => {
    const call = ring()
    await call.say('a double room from the third to the fifth of December')
    const again = await call.say('how much was that?')
    expect(names(again)).toEqual([])
    expect(again.text).toContain('226 euros')
  })

  it.each([
    'Bye. Good-bye, book a double room for the 7th of October for three nights.',
    'Good night. I need a double room for the 7th of October for three nights.',
  ])('does not hang up on a greeting heard as "%s"', async (text) => {
    const answer = await ring().say(text)
    expect(answer.calls[0]).toMatchObject({
      name: 'check_availability',
      arguments: { check_in: '2027-10-07', check_out: '2027-10-10', room_type: 'double' },
    })
  })

  it('hangs up when the goodbye comes after what is not wanted', async () => {
    const answer = await ring().say('No, I do not need a double room any more, thank you, goodbye')
    expect(names(answer)).toEqual(['end_call'])
  })

  it('says what is not free and offers something else', async () => {
    const call = ring({ soldOut: ['double'] })
    const answer = await call.say('is a double room free tonight?')
    expect(answer.text).toMatch(/sorry.*not available.*\?$/)
    expect((await call.say('and a suite?')).text).toContain('307 euros')
  })

  it('says when a tool fails, and tries again when asked', async () => {
    const call = ring({ failing: ['check_availability'] })
    const answer = await call.say('a double room tomorrow for one night')
    expect(answer.text).toMatch(/sorry/)
    expect(answer.text).not.toMatch(/hotel_down|no connection/)
    expect(names(await call.say('please try again'))).toEqual(['check_availability'])
  })

  it('does not claim a booking that failed', async () => {
    const call = ring({ failing: ['create_reservation'] })
    await call.say('Book a double room tomorrow for two nights, my name is Tom Baker')
    const answer = await call.say('yes')
    expect(names(answer)).toEqual(['create_reservation'])
    expect(answer.text).toMatch(/not made/)
    expect(answer.text).not.toMatch(/is made/)
  })

  it('looks a reservation up by spoken digits', async () => {
    const call = ring()
    expect((await call.say('I have a reservation, can you check it?')).text).toMatch(/number/)
    const answer = await call.say('four seven one one')
    expect(answer.calls[0]?.arguments).toEqual({ reservation_number: '4711' })
    expect(answer.text).toMatch(/double room from the eleventh to the fourteenth of December/)
  })

  it('looks a reservation up by name, and says when there is none', async () => {
    const call = ring()
    const none = await call.say('Can you find my booking under the name Jones?')
    expect(none.calls[0]?.arguments).toEqual({ guest_name: 'Jones' })
    expect(none.text).toMatch(/no such reservation/i)
    expect((await call.say('Erna Fischer')).text).toContain('I found the reservation')
  })

  it('answers about the hotel, and goes back to what it was doing', async () => {
    const call = ring()
    await call.say('a double room from the third to the fifth of December')
    const answer = await call.say('Is there wi-fi?')
    expect(answer.calls).toEqual([{ name: 'get_hotel_info', arguments: { topic: 'wifi' } }])
    expect(answer.text).toMatch(/Wireless internet is free\..*book it/)
  })

  it('answers two questions in one breath', async () => {
    const answer = await ring().say(
      'A double room tomorrow for one night, and how much is breakfast?',
    )
    expect(names(answer).toSorted()).toEqual(['check_availability', 'get_hotel_info'])
    expect(answer.text).toMatch(/nineteen euros/)
    expect(answer.text).toMatch(/113 euros/)
  })

  it('says what it knows when a topic is not known', async () => {
    const answer = await ring().say('do you have a helicopter pad?')
    expect(answer.text).toMatch(/no information.*breakfast, parking or wifi/)
  })

  it('says that it is an AI', async () => {
    expect((await ring().say('Am I talking to a real person?')).text).toMatch(/AI/)
  })

  it('repeats what it said', async () => {
    const call = ring()
    const first = await call.say('a double room tomorrow for one night')
    expect((await call.say('Sorry, can you repeat that?')).text).toBe(first.text)
  })

  it('says in other words each time that it did not understand, and what it can do', async () => {
    const call = ring()
    const answers = [await call.say('blurb frub'), await call.say('zork'), await call.say('mumble')]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(3)
    expect(answers.every(({ text }) => /check rooms/.test(text))).toBe(true)
  })

  it.each([
    'Goodbye',
    'No, thats all, thanks',
    'okay bye bye',
    'good buy',
    'thank you, have a nice day',
  ])('hangs up after "%s"', async (text) => {
    expect(names(await ring().say(text))).toEqual(['end_call'])
  })

  it.each<[string, string, string, RegExp]>([
    [
      'German',
      'Haben Sie ein Doppelzimmer vom dritten bis zum fünften Dezember?',
      'Auf Wiederhören',
      /vom dritten bis zum fünften Dezember.*226 Euro/,
    ],
    [
      'French',
      'Avez-vous une chambre double du 3 au 5 décembre ?',
      'au revoir',
      /du 3 au 5 décembre.*226 euros/,
    ],
    [
      'Spanish',
      '¿Tienen una habitación doble del 3 al 5 de diciembre?',
      'adiós',
      /del 3 al 5 de diciembre.*226 euros/,
    ],
    [
      'Italian',
      'Avete una camera doppia dal 3 al 5 dicembre?',
      'arrivederci',
      /dal 3 al 5 dicembre.*226 euro/,
    ],
    ['Hindi', 'क्या 3 दिसंबर से 5 दिसंबर तक डबल कमरा उपलब्ध है?', 'अलविदा', /3 दिसंबर से 5 दिसंबर तक.*226/],
  ])('speaks %s when it is told to', async (language, question, goodbye, expected) => {
    const call = ring({
      system: `The caller speaks ${language}: reply in ${language}. Today is Saturday, 2026-11-21.`,
    })
    const answer = await call.say(question)
    expect(answer.calls[0]?.arguments).toMatchObject({
      check_in: '2026-12-03',
      check_out: '2026-12-05',
      room_type: 'double',
    })
    expect(answer.text).toMatch(expected)
    expect(names(await call.say(goodbye))).toEqual(['end_call'])
  })

  it('books in German', async () => {
    const call = ring({ system: 'Reply in German. Today is Saturday, 2026-11-21.' })
    await call.say('Ich möchte ein Doppelzimmer vom 3. bis 5. Dezember buchen')
    await call.say('Hans Müller')
    expect((await call.say('Ja, bitte')).calls[0]?.arguments).toMatchObject({
      guest_name: 'Hans Müller',
    })
  })

  it('takes its own clock when the system message names no day', async () => {
    const other = await start({}, { now: () => new Date(2027, 5, 30, 12) })
    try {
      const call = new Conversation(other.client, { system: 'You are a front desk.' })
      const answer = await call.say('a double room tomorrow for one night')
      expect(answer.calls[0]?.arguments).toMatchObject({ check_in: '2027-07-01' })
    } finally {
      await other.close()
    }
  })
})

describe('without tools', () => {
  it.each([
    ['a double room tomorrow for one night', /cannot check rooms/],
    ['what time is breakfast', /no information/],
    ['look up my reservation please', /cannot look up/],
    ['goodbye', /goodbye/i],
  ])('says honestly what it cannot do: "%s"', async (text, expected) => {
    const { choices } = await server.client.chat.completions.create({
      model: 'any',
      messages: [{ role: 'user', content: text }],
    })
    expect(choices[0]?.message.tool_calls).toBeUndefined()
    expect(choices[0]?.message.content).toMatch(expected)
  })
})
