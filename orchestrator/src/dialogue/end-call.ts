import { z } from 'zod'
import { defineTool } from './tool.ts'

/** Ends the call. The dialogue itself handles it: nothing runs, the session hangs up after the goodbye. */
export const endCallName = 'end_call'

export const endCallTool = defineTool({
  name: endCallName,
  description:
    'Hangs up after your words have been played. Say goodbye in the same reply. ' +
    'Only when the caller is done or has said goodbye.',
  parameters: z.object({
    reason: z.string().describe('why the call ends, in a few words').optional(),
  }),
  run: async () => ({ ok: true, result: { status: 'ending' } }),
})

/** The result that makes a model which hung up without a word say goodbye. */
export const sayGoodbye = {
  status: 'ending',
  message: 'Say goodbye to the caller now, in one short sentence.',
}

/** The result for a model that hangs up on a caller whom it told what is not so. */
export const notDone = {
  error: 'not_done',
  message:
    'what you said was done was not, so the caller was not told that, but asked how to go on',
}

/** The result for a model that calls other tools and hangs up in the same breath. */
export const tooEarly = {
  error: 'too_early',
  message: 'tell the caller the results of the other tools first, then end the call',
}
