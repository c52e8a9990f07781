import { describe, expect, it } from 'vitest'
import { createRedactor, type RedactionCounts } from './index.ts'

const { redact, redactObject } = createRedactor()
const text = (input: string, options?: { language?: string; before?: string }) =>
  redact(input, options).text

describe('redact', () => {
  it('takes out what is written and leaves the rest as it was', () => {
    expect(text('Card 4242-4242-4242-4242, mail jane.doe+x@mail.example.co.uk!')).toBe(
      'Card [card], mail [email]!',
    )
  })

  it('takes out what is spoken, figure by figure', () => {
    const spoken = 'four two four two '.repeat(4)
    expect(text(`my card is ${spoken}thanks`)).toBe('my card is [card] thanks')
    expect(text('jane dot doe at example dot com please')).toBe('[email] please')
    expect(text('call me on oh seven seven double five nine triple one two three')).toBe(
      'call me on [phone]',
    )
  })

  it('reads digits of other scripts', () => {
    expect(text('मेरा नंबर ९८७६५४३२१० है', { language: 'hi' })).toBe('मेरा नंबर [phone] है')
    expect(text('٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢')).toBe('[card]')
  })

  it('takes no number for a card or an IBAN whose check does not hold', () => {
    expect(redact('it is 4242 4242 4242 4243').counts.card).toBeUndefined()
    expect(redact('DE88 3704 0044 0532 0130 00').counts.iban).toBeUndefined()
  })

  it('takes the answer to a question that named what was wanted', () => {
    expect(text('it is 84512', { before: 'What is your booking number?' })).toBe(
      'it is [confirmation]',
    )
    expect(text('it is 84512')).toBe('it is 84512')
  })

  it('tells a birth from a stay', () => {
    expect(text('born on 14.03.1978')).toBe('born on [birth-date]')
    const stay = 'from 03.05.2027 to 05.05.2027'
    expect(text(stay)).toBe(stay)
  })

  it('leaves prices, nights and ordinary words after an announcement', () => {
    for (const plain of [
      'is my card charged 1250 euros for 4 nights',
      'room 2 nights please',
      'my name is not on the list',
      'meine frau spricht gerade mit der rezeption',
      'call-4242424242 has ended',
      '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    ]) {
      expect(text(plain)).toBe(plain)
    }
  })

  it('counts by category and tells it once for each text', () => {
    const told: RedactionCounts[] = []
    const { redact: counted } = createRedactor({ onRedacted: (counts) => told.push(counts) })
    expect(counted('mail a@b.com or c@d.com, room 214').counts).toEqual({ email: 2, room: 1 })
    counted('nothing here')
    expect(told).toEqual([{ email: 2, room: 1 }])
  })

  it('finds nothing new in what it has redacted', () => {
    const once = text('my name is sophie martin and my card is 4242 4242 4242 4242')
    expect(text(once)).toBe(once)
  })
})

describe('redactObject', () => {
  it('copies with every string redacted, and changes no other value', () => {
    const when = new Date(0)
    const value = { a: ['room 214', 4242], when, deep: { mail: 'x@example.com' } }
    expect(redactObject(value)).toEqual({
      ...{ a: ['room [room]', 4242], when, deep: { mail: '[email]' } },
    })
    expect(value.a[0]).toBe('room 214')
  })

  it('takes a cycle, and cuts what is too deep', () => {
    const loop: { self?: unknown; mail: string } = { mail: 'x@example.com' }
    loop.self = loop
    const copy = redactObject(loop)
    expect(copy.self).toBe(copy)
    const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => ({ inner }), 'x@example.com')
    expect(JSON.stringify(redactObject(deep))).not.toContain('example')
  })
})
