import type { OrchestratorMessageOf } from '@trunkline/contracts'

type Action = OrchestratorMessageOf<'action'>['action']

/** What the dialogue waits for. */
export type Expectation = Extract<Action, { kind: 'expect' }>['expect']
