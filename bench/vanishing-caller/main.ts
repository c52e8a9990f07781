// A caller who is to be killed in the middle of a call, as a telephone whose network goes: no BYE, no more RTP.
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { stack as stackSchema } from '@trunkline/contracts'
import { placeCall } from '../../scripts/call/place-call.ts'

// Not in the arguments, where others could read the stack's secrets.
const stack = stackSchema.parse(JSON.parse(await text(process.stdin)))
await placeCall(stack, {
  async converse(line) {
    while (line.timings.firstVoicedAt === undefined) await sleep(20)
    process.stdout.write('greeted\n')
    await line.ended
  },
})
