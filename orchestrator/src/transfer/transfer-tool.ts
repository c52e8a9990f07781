import type { Line } from '@trunkline/contracts'
import { z } from 'zod'
import { defineTool, type Tool, type ToolBox, type ToolResult } from '../dialogue/tool.ts'
import { transferToolName } from './attempt-transfer.ts'
import type { TransferWish, WishAnswer } from './call-transfers.ts'

/** Asks for a transfer of a call; undefined when the call is not here. */
export type AskForTransfer = (
  callId: string,
  wish: TransferWish & { readonly turnId: string },
) => WishAnswer | undefined

/** The transfer tool of every line; made once for a line, since a JSON schema costs more than all else in a turn. */
export function createTransferTools(ask: AskForTransfer): ToolBox {
  const made = new WeakMap<Line, readonly Tool[]>()
  return (line) => {
    const known = made.get(line)
    if (known) return known
    const tool = transferTool(line, ask)
    const tools = tool ? [tool] : []
    made.set(line, tools)
    return tools
  }
}

/** The tool by which the model hands a caller over; undefined for a line that has it not switched on. */
function transferTool(line: Line, ask: AskForTransfer): Tool | undefined {
  const { transfer } = line
  if (!transfer || !line.tools.includes(transferToolName)) return undefined
  const [first, ...rest] = Object.keys(transfer.targets)
  if (first === undefined) return undefined
  const about = Object.entries(transfer.targets)
    .map(([name, target]) => (target.about === undefined ? name : `${name}: ${target.about}`))
    .join('; ')
  return defineTool({
    name: transferToolName,
    hasEffect: true,
    description:
      'Hands the caller over to a person. It begins after this reply, and whether it works out is not known before. ' +
      `Only when the caller wants it or you cannot help. Targets: ${about}`,
    parameters: z.object({
      target: z.enum([first, ...rest]),
      reason: z
        .string()
        .max(300)
        .describe('one sentence for the person: who calls and why')
        .optional(),
    }),
    async run({ target, reason }, { callId, turnId }) {
      return toResult(ask(callId, { to: target, reason, turnId, by: 'dialogue' }))
    },
  })
}

function toResult(answer: WishAnswer | undefined): ToolResult {
  switch (answer) {
    case 'taken':
      return {
        ok: true,
        endsTurn: true,
        result: {
          status: 'about_to_begin',
          message: 'The caller is put through after your words; they are not connected yet.',
        },
      }
    case 'closed':
      return fault('closed', 'nobody is there at this hour; say so and offer to help yourself')
    default:
      return fault('unavailable', 'the call cannot be handed over now; do not say that it was')
  }
}

function fault(error: string, message: string): ToolResult {
  return { ok: false, result: { error, message } }
}
