import type { Step } from '../../scripts/call/options.ts'
import { draftCall } from './script.ts'

/** Questions of which each is a turn; long enough that calls which began apart talk at the same time. */
const questions = [
  'What time is breakfast?',
  'Do you have a parking lot?',
  'Is there a swimming pool?',
  'What time is check-in?',
]

/** Some questions in any order, one about a room, and goodbye. */
export function draftTalk(random: () => number): readonly Step[] {
  const { steps } = draftCall({ index: 0, random, today: new Date() })
  const from = Math.floor(random() * questions.length)
  const asked = [0, 1, 2].map((at) => questions[(from + at) % questions.length] ?? '')
  return [...asked.map((text): Step => ({ kind: 'say', text })), ...steps]
}
