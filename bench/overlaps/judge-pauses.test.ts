import { expect, it } from 'vitest'
import { judgePauses } from './judge-pauses.ts'

const parts = [
  { fromAt: 1000, toAt: 1800 },
  { fromAt: 2600, toAt: 3200 },
  { fromAt: 3700, toAt: 4500 },
]
const voice = (at: number) => ({ at, pcm: new Int16Array(160).fill(4000) })

it('takes a turn that is committed in a pause for a cut, and what is decided just after it too', () => {
  const judged = judgePauses({ received: [], parts, committedAt: [2750, 4950] })
  expect(judged).toEqual({
    pauses: [
      { ms: 800, isCut: true, isSpokenOver: false },
      { ms: 500, isCut: false, isSpokenOver: false },
    ],
    decidedMs: 450,
  })
  expect(judgePauses({ received: [], parts, committedAt: [2900] }).pauses?.[0]?.isCut).toBe(false)
})

it('tells when the caller has heard the agent before they had ended', () => {
  const received = [voice(500), voice(3400)]
  const { pauses } = judgePauses({ received, parts, committedAt: [2300] })
  expect(pauses).toMatchObject([{ isSpokenOver: true }, { isSpokenOver: false }])
  const late = judgePauses({ received: [voice(4800)], parts, committedAt: [2300] })
  expect(late.pauses?.[0]).toMatchObject({ isCut: true, isSpokenOver: false })
})
