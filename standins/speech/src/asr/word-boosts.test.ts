import { describe, expect, it } from 'vitest'
import { toWordBoosts } from './word-boosts.ts'

describe('toWordBoosts', () => {
  it.each([
    [5, 2],
    [100, 3],
    [Number.POSITIVE_INFINITY, 3],
  ])('turns a boost of %d into %d nats', (boost, nats) => {
    expect(toWordBoosts([{ phrases: ['room'], boost }])).toEqual([{ phrases: ['room'], nats }])
  })

  it.each([0, -4, Number.NaN])('leaves a boost of %d without effect', (boost) => {
    expect(toWordBoosts([{ phrases: ['room'], boost }])).toEqual([])
  })
})
