import type { Stack } from '@trunkline/contracts'
import { sipStandIn } from './service-env.ts'

export interface HowToCall {
  readonly stack: Stack
  readonly portOffset: number
  readonly detached: boolean
  /** True when the stand-in, which hears English only, listens to the callers. */
  readonly hearsEnglishOnly: boolean
  /** What is off, in sentences. */
  readonly notes: readonly string[]
}

/** One screen: the three ways to call, and what to know. */
export function howToCall(input: HowToCall): string {
  const { stack, portOffset, detached, hearsEnglishOnly, notes } = input
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`
  const { sip } = stack
  const isStandIn = stack.processes.some(({ name }) => name === sipStandIn)
  const softphone = sip
    ? [
        `Softphone   call without registering, over UDP${isStandIn ? '' : ' or TCP'}`,
        `  address   sip:${sip.number}@${sip.host}:${sip.port}`,
        `  number    ${sip.number}`,
        `  user      ${sip.username}`,
        `  password  ${sip.password}`,
        ...(isStandIn ? ['  answered by a stand-in for livekit-sip, which is not here'] : []),
        '',
      ]
    : []
  const room = sip ? '' : ' --room'
  const said = '"Hello, do you have a double room from the third to the fifth of December?"'
  return [
    '',
    'Trunkline is ready. How to call:',
    '',
    ...softphone,
    'Terminal',
    `  ./trunkline call${offset}${room} --say ${said}`,
    '',
    'Browser',
    `  ${stack.urls.orchestrator}/phone`,
    '',
    ...(hearsEnglishOnly
      ? ['Callers are understood in English only: the stand-in for Riva has no other model.']
      : []),
    ...notes.map((note) => `Note: ${note}`),
    detached
      ? `"./trunkline down${offset}" ends it; "./trunkline logs${offset}" shows what it writes.`
      : 'Ctrl-C ends it.',
  ].join('\n')
}
