import { actionAnswer, apiFault, type OperatorAction, type Stack } from '@trunkline/contracts'

export type ActionResponse =
  | {
      readonly ok: true
      readonly status: number
      readonly answer: ReturnType<typeof actionAnswer.parse>
    }
  | {
      readonly ok: false
      readonly status: number
      readonly error: ReturnType<typeof apiFault.parse>['error']
    }

/** `POST /v1/calls/{id}/actions` with the operators' token. */
export async function act(
  { urls, tokens }: Stack,
  callId: string,
  action: OperatorAction,
  headers: Record<string, string> = {},
): Promise<ActionResponse> {
  const response = await fetch(new URL(`/v1/calls/${callId}/actions`, urls.orchestrator), {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${tokens.operator}`, 'content-type': 'application/json' },
      ...headers,
    },
    body: JSON.stringify(action),
  })
  const body: unknown = await response.json()
  const { status } = response
  return response.ok
    ? { ok: true, status, answer: actionAnswer.parse(body) }
    : { ok: false, status, error: apiFault.parse(body).error }
}
