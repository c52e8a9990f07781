import { resample } from '@trunkline/telephony'
import { agentRateHz, render } from '../turn-taking/render.ts'
import type { WireCase } from './wire-cases.ts'

/** What the caller's telephone plays. */
export interface CaseAudio {
  /** 8 kHz, with the noise of the caller's line. */
  readonly pcm: Int16Array
  /** Where in it the caller makes a sound, of a turn one for each part; milliseconds. */
  readonly sounds: readonly { readonly fromMs: number; readonly toMs: number }[]
}

const marginMs = 200
const perMs = 8

/** The corpus's sound as the telephone has it. An echo is left out: what the agent says now is something else. */
export async function makeCaseAudio({ spec }: WireCase): Promise<CaseAudio> {
  const { echo: _echo, ...alone } = spec.kind === 'over' ? spec : { ...spec, echo: undefined }
  const rendered = await render(alone)
  const whole = resample(rendered.pcm, { fromHz: agentRateHz, toHz: 8000 })
  const [first, last] = [rendered.sounds[0], rendered.sounds.at(-1)]
  if (!first || !last) throw new Error('the case has no sound')
  const beginMs = Math.max(0, Math.round(first.fromMs) - marginMs)
  const endMs = Math.round(last.toMs) + marginMs
  return {
    pcm: whole.slice(beginMs * perMs, endMs * perMs),
    sounds: rendered.sounds.map(({ fromMs, toMs }) => ({
      fromMs: fromMs - beginMs,
      toMs: toMs - beginMs,
    })),
  }
}
