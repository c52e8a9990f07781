import { line as lineSchema } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { findTarget } from './find-target.ts'

const line = lineSchema.parse({
  ...{ id: 'inn', name: 'Inn', numbers: ['100'], timeZone: 'Europe/Berlin', persona: 'x' },
  hotel: { connector: 'builtin', data: 'x.yaml' },
  defaultLanguage: 'en',
  languages: { en: { greeting: 'I am an AI.', disclosure: 'I am an AI.', apology: 'x' } },
  tools: ['transfer_call'],
  transfer: {
    targets: {
      manager: {
        ...{ to: '+4940123456', mode: 'warm', ringSeconds: 20 },
        hours: { open: '22:00', close: '06:00' },
      },
      bar: { to: 'sip:bar@inn.example' },
    },
  },
})
/** 2026-03-10, by the clock of Berlin (CET). */
const at = (time: string) => Date.parse(`2026-03-10T${time}:00+01:00`)

describe('findTarget', () => {
  it('takes a target of the line by its name, open by the line’s own clock', () => {
    const manager = { name: 'manager', to: '+4940123456', mode: 'warm', ringSeconds: 20 }
    expect(findTarget('manager', { line, now: at('23:30') })).toEqual({ ...manager, isOpen: true })
    expect(findTarget('manager', { line, now: at('05:59') })).toMatchObject({ isOpen: true })
    expect(findTarget('manager', { line, now: at('12:00') })).toMatchObject({ isOpen: false })
    expect(findTarget('bar', { line, now: at('12:00') })).toMatchObject({
      ...{ to: 'sip:bar@inn.example', mode: 'cold', isOpen: true },
    })
  })

  it.each([
    ['+493023125001', true],
    ['4711', true],
    ['sip:desk@10.0.0.1:5060', true],
    ['reception', false],
    ['+1', false],
    ['tel:+4930', false],
    ['sip:a b', false],
  ])('takes %s for an address: %s', (to, isOne) => {
    const found = findTarget(to, { line, now: 0 })
    expect(found).toEqual(isOne ? { to, mode: 'cold', ringSeconds: 25, isOpen: true } : undefined)
  })

  it('does as the operator says about the mode', () => {
    expect(findTarget('bar', { line, mode: 'warm', now: 0 })).toMatchObject({ mode: 'warm' })
  })
})
