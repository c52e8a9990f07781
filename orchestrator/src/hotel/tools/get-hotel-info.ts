import { z } from 'zod'
import { defineTool, type Tool } from '../../dialogue/tool.ts'
import { matchChoice } from '../match-choice.ts'
import type { HotelToolDeps } from './tool-deps.ts'
import { toolError } from './tool-error.ts'

export function getHotelInfoTool({ info }: HotelToolDeps): Tool {
  const topics = Object.keys(info)
  return defineTool({
    name: 'get_hotel_info',
    description: 'What the hotel says about a topic. Without a topic it tells everything.',
    parameters: z.object({
      topic: z
        .string()
        .describe(`one of: ${topics.join(', ')}`)
        .optional(),
    }),
    async run({ topic }) {
      if (topic === undefined) return { ok: true, result: { info } }
      const found = matchChoice(topic, topics, (one) => [one])
      if (found) return { ok: true, result: { topic: found, text: info[found] } }
      return toolError('unknown_topic', 'the hotel says nothing about this topic', { topics })
    },
  })
}
