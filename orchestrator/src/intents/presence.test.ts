import { describe, expect, it } from 'vitest'
import { createPresence } from './presence.ts'

const presence = createPresence()
const isAsked = (text: string, language: string, isFirst = false) =>
  presence.isAsked(text, { language, isFirst })

describe('a caller who asks whether we are there', () => {
  it.each([
    ['en', 'Are you there?'],
    ['en', 'Hello? Hello, can you hear me?'],
    ['en', 'Um, are you still there?'],
    ['en-GB', 'Hello?'],
    ['de', 'Hallo, sind Sie noch da?'],
    ['de', 'Hören Sie mich?'],
    ['fr', 'Allô, vous êtes toujours là ?'],
    ['fr', "Vous m'entendez ?"],
    ['es', '¿Hola? ¿Sigue usted ahí?'],
    ['es', '¿Me oye?'],
    ['it', 'Pronto? Mi sente?'],
    ['it', 'È ancora in linea?'],
    ['hi', 'हैलो? क्या आप सुन रहे हैं?'],
    ['hi', 'मेरी आवाज़ आ रही है?'],
  ])('is understood in %s: %s', (language, text) => {
    expect(isAsked(text, language)).toBe(true)
  })

  it.each([
    ['en', 'Hello, I would like to book a room.'],
    ['en', 'Are you there on Sunday?'],
    ['en', 'Is anyone there at the desk at night?'],
    ['de', 'Sind Sie noch da, wenn ich um zehn komme?'],
    ['fr', 'Bonjour, avez-vous une chambre ?'],
    ['es', '¿Hay alguien en la recepción por la noche?'],
    ['it', 'Mi sente? Vorrei una camera.'],
    ['hi', 'क्या आप लाइन पर हैं? मुझे कमरा चाहिए।'],
    ['en', ''],
  ])('is not meant in %s: %s', (language, text) => {
    expect(isAsked(text, language)).toBe(false)
  })

  it('has only greeted when it is the first that is said', () => {
    expect(isAsked('Hello?', 'en', true)).toBe(false)
    expect(isAsked('Are you there?', 'en', true)).toBe(true)
  })

  it('is answered in other words each time', () => {
    expect(presence.answer('de', 0)).not.toBe(presence.answer('de', 1))
  })
})
