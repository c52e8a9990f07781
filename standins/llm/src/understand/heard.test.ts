import { describe, expect, it } from 'vitest'
import type { Choice } from '../wire/tool-choices.ts'
import { readHeard } from './heard.ts'
import type { Intent } from './intents-en.ts'

const kinds = (...values: string[]): { offered: Choice[] } => ({
  offered: values.map((value) => ({ value, name: `${value} room` })),
})

function hear(text: string, options: { isNameAsked?: boolean; offered?: string[] } = {}) {
  const { isNameAsked = false, offered = ['single', 'double', 'suite'] } = options
  return readHeard(text, { language: 'en', kinds: kinds(...offered), isNameAsked })
}

describe('readHeard', () => {
  it.each<[string, Intent]>([
    ['Goodbye.', 'goodbye'],
    ['Good bye!', 'goodbye'],
    ['good buy', 'goodbye'],
    ['No thank you, good-byte,', 'goodbye'],
    ['No, thank you, good-by.', 'goodbye'],
    ['Bye-bye.', 'goodbye'],
    ['By by', 'goodbye'],
    ['thank you by', 'goodbye'],
    ["No thank you, don't buy", 'goodbye'],
    ['No thank you, goodbye', 'goodbye'],
    ['Okay, see you later.', 'goodbye'],
    ['Thanks, have a nice day', 'goodbye'],
    ['You can hang up now', 'goodbye'],
    ["No, that's all, thanks.", 'nothing-else'],
    ['That will be all', 'nothing-else'],
    ["I'm done", 'nothing-else'],
    ['nothing else', 'nothing-else'],
    ['Yes.', 'yes'],
    ['Yes please', 'yes'],
    ['yeah sure', 'yes'],
    ['Yep.', 'yes'],
    ['Okay, go ahead', 'yes'],
    ["That's right.", 'yes'],
    ['Correct.', 'yes'],
    ['Please do', 'yes'],
    ['sounds good', 'yes'],
    ['No.', 'no'],
    ['Nope', 'no'],
    ['not really', 'no'],
    ["that's not right", 'no'],
    ["I don't think so", 'no'],
    ['Hello?', 'greeting'],
    ['Good morning', 'greeting'],
    ['Thank you very much', 'thanks'],
    ['How are you?', 'how-are-you'],
    ['Are you a human?', 'are-you-human'],
    ['am I talking to a robot', 'are-you-human'],
    ['Is this a real person?', 'are-you-human'],
    ['are you a i', 'are-you-human'],
    ['Who am I speaking to?', 'are-you-human'],
    ['Can I speak to a human please', 'wants-person'],
    ['connect me to the front desk', 'wants-person'],
    ['I want to cancel my reservation', 'cancel'],
    ['I need to change my booking', 'change'],
    ['Can you repeat that?', 'repeat'],
    ['Pardon?', 'repeat'],
    ["Sorry, I didn't catch that", 'repeat'],
    ['one moment please', 'wait'],
    ['hold on', 'wait'],
    ['Can you hear me?', 'presence'],
    ['What can you do?', 'capabilities'],
    ['I would like to book a room', 'book'],
    ['Can I make a reservation?', 'book'],
    ["I'd like to reserve a double room", 'book'],
    ['I want a reservation for tomorrow', 'book'],
    ["I'll take it", 'book'],
    ['buck a double rum please', 'book'],
    ['Do you have a room?', 'room'],
    ['is there any availability', 'room'],
    ['do you have any rums available', 'room'],
    ['How much is a double room?', 'price'],
    ['what does it cost', 'price'],
    ['I have a reservation', 'lookup'],
    ['Can you look up my booking?', 'lookup'],
    ['my reservation number is four seven one one', 'lookup'],
    ['I booked already, can you find my reservation', 'lookup'],
    ['there is a booking under the name Fischer', 'lookup'],
  ])('hears in "%s" that it is %s', (text, intent) => {
    expect([...hear(text).intents]).toContain(intent)
  })

  it.each<[string, Intent]>([
    ['No, thank you', 'yes'],
    ['no problem', 'no'],
    ["that's not right", 'yes'],
    ['I have a reservation', 'book'],
    ['I want to cancel my booking', 'book'],
    ["I'd like to make a reservation", 'lookup'],
    ['is that all?', 'nothing-else'],
    ['can you check a room for me', 'lookup'],
    ['what is the price by night', 'goodbye'],
  ])('does not take "%s" for %s', (text, intent) => {
    expect([...hear(text).intents]).not.toContain(intent)
  })

  it.each([
    ['do you have a double room', 'double'],
    ['a double rum please', 'double'],
    ['a dabble room', 'double'],
    ['I need a sink for room for three nights', 'single'],
    ['do you have a sink or room from the thirteenth', 'single'],
    ['do you have a dive or room', 'double'],
    ['do you have a diborum from the 15th', 'double'],
    ['do you have a normal room from the third', 'double'],
    ['do you have a sleet available', 'suite'],
    ['a trouble room for tomorrow', 'double'],
    ['two doubles', 'double'],
    ['no, make it a suite', 'suite'],
    ['make it a sweet', 'suite'],
    ['the sweet please', 'suite'],
    ['a singel room', 'single'],
    ['not the double, the single', 'single'],
    ['the single, not the double', 'single'],
    ['a double or rather a suite', 'suite'],
    ['a penthouse', 'penthouse'],
  ])('hears the kind of room in "%s"', (text, kind) => {
    expect(hear(text).roomType).toBe(kind)
  })

  it.each([
    'a nice quiet room',
    'the hotel room',
    "that's sweet of you",
    'is there room service',
    'a room please',
  ])('hears no kind of room in "%s"', (text) => {
    expect(hear(text).roomType).toBeUndefined()
  })

  it('spells the kind of room as the tool does', () => {
    expect(hear('a deluxe room', { offered: ['std-1', 'dlx-deluxe'] }).roomType).toBe('dlx-deluxe')
    expect(
      readHeard('the garden suite', {
        language: 'en',
        kinds: { offered: [{ value: 'r7', name: 'garden suite' }] },
        isNameAsked: false,
      }).roomType,
    ).toBe('r7')
  })

  it.each([
    ['what time is breakfast', ['breakfast']],
    ['do you have wi-fi', ['wifi']],
    ['is there why fi in the room', ['wifi']],
    ['where can I park my car', ['parking']],
    ['what time is check-in', ['check-in']],
    ['when do I have to leave', ['check-out']],
    ['can I bring my dog', ['pets']],
    ['is there a swimming pool and a gym', ['pool', 'gym']],
    ['where are you located', ['address']],
    ['can I talk to someone', []],
    ['can you hear me', []],
  ])('hears the topics of "%s"', (text, topics) => {
    expect(hear(text).topics).toEqual(topics)
  })

  it('hears a topic that no list foresees', () => {
    expect(hear('do you have a helicopter pad').otherTopic).toBe('helicopter pad')
    expect(hear('do you have a room').otherTopic).toBeUndefined()
  })

  it.each([
    ['four seven one one', '4711'],
    ['4711', '4711'],
    ['4,711', '4711'],
    ['47 11', '4711'],
    ['forty-seven eleven', '4711'],
    ['four seven double one', '4711'],
    ["it's four, seven, one, one.", '4711'],
    ['two three oh nine', '2309'],
    ['twenty three zero nine', '2309'],
    ['four thousand seven hundred and eleven', '4711'],
    ['4-7-1-1', '4711'],
    ['four seven to one', '4721'],
  ])('hears the number in "%s"', (text, number) => {
    expect(hear(text).reservationNumber).toBe(number)
  })

  it.each([
    ['My name is Anna Schmidt.', 'Anna Schmidt'],
    ["it's under the name of Fischer", 'Fischer'],
    ['This is Tom Baker speaking', 'Tom Baker'],
  ])('hears the name in "%s" without having asked', (text, name) => {
    expect(hear(text).guestName).toBe(name)
  })

  it.each([
    ['Anna Schmidt.', 'Anna Schmidt'],
    ['anna schmidt', 'Anna Schmidt'],
    ["It's Tom Baker.", 'Tom Baker'],
    ['Yes, Emma Fischer please.', 'Emma Fischer'],
    ["Put it under O'Neill.", "O'Neill"],
    ['Smith, S M I T H.', 'Smith'],
    ['John Smyth, S-M-Y-T-H', 'John Smyth'],
    ['Jean-Luc Picard', 'Jean-Luc Picard'],
    ['My name is Maria Garcia Lopez', 'Maria Garcia Lopez'],
  ])('hears the name in the answer "%s"', (text, name) => {
    expect(hear(text, { isNameAsked: true }).guestName).toBe(name)
  })

  it.each([
    'Yes please.',
    'No thank you',
    'How much is breakfast?',
    'What do you mean?',
    'hold on a moment',
    'sorry',
  ])('does not take "%s" for a name', (text) => {
    expect(hear(text, { isNameAsked: true }).guestName).toBeUndefined()
  })
})
