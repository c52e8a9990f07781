import {
  type CallRecord,
  type CallSummary,
  callList,
  callRecord,
  type Stack,
} from '@trunkline/contracts'

/** @throws {Error} when the orchestrator knows no such call */
export async function readCall(stack: Stack, id: string | undefined): Promise<CallRecord> {
  return callRecord.parse(await get(stack, `/v1/calls/${id}`))
}

/** The newest calls first, two hundred at most. */
export async function listCalls(stack: Stack): Promise<readonly CallSummary[]> {
  return callList.parse(await get(stack, '/v1/calls?limit=200')).calls
}

async function get({ urls, tokens }: Stack, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, urls.orchestrator), {
    headers: { authorization: `Bearer ${tokens.operator}` },
  })
  if (!response.ok) throw new Error(`${path}: status ${response.status}`)
  return response.json()
}
