import { createLogger } from '@trunkline/telemetry'
import { expect, it } from 'vitest'
import { createProfiles } from '../turn-taking/profile.ts'
import { usualTurnTaking, windows } from '../turn-taking/scene.ts'
import { createFloor, type FloorDeps } from './floor.ts'

/** A floor whose commands are written down, while we speak. */
function open(spoken: { language: string }) {
  const done: string[] = []
  const nothing = () => {}
  const deps: FloorDeps = {
    profileOf: createProfiles(usualTurnTaking),
    playout: {
      duck: () => void done.push('duck'),
      restore: () => void done.push('restore'),
      stoppedAt: undefined,
    },
    speaker: { interrupt: () => void done.push('interrupt') },
    hearing: { predict: nothing, flush: nothing, forgetTurn: nothing },
    listening: {
      speechStarted: nothing,
      speechEnded: nothing,
      get language() {
        return spoken.language
      },
    },
    turns: { ended: () => 'turn', speculated: nothing, dropped: nothing },
    onTurn: nothing,
    logger: createLogger('test', { level: 'silent' }),
  }
  const floor = createFloor(deps)
  floor.perceive({ type: 'own-voice', at: 0, isSpeaking: true, isInterruptible: true })
  for (const window of windows(1000, 1128)) floor.perceive(window)
  return { floor, done }
}

it.each([
  ['de', ['duck', 'interrupt', 'restore']],
  ['en', ['duck']],
])('knows a short word by the language that is spoken now: %s', (language, wanted) => {
  const spoken = { language: 'en' }
  const { floor, done } = open(spoken)
  spoken.language = language
  floor.perceive({ type: 'interim', at: 1128, text: 'warte', stability: 0.9 })
  floor.close()
  expect(done).toEqual(wanted)
})
