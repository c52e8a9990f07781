import { type Line, line } from '@trunkline/contracts'

/** A line with one language, short enough to compare with. */
export const testLine: Line = line.parse({
  id: 'harbour-hotel',
  name: 'Harbour Hotel',
  numbers: ['100', '+494066969100'],
  timeZone: 'Europe/Berlin',
  hotel: { connector: 'builtin', data: 'hotels/x.yaml' },
  defaultLanguage: 'en',
  languages: {
    en: {
      greeting: 'Hello, this is the AI assistant.',
      disclosure: 'the AI assistant',
      apology: 'I am sorry, please call again.',
    },
  },
  persona: 'You are the front desk.',
  tools: ['end_call'],
  limits: { callSeconds: 600, silenceSeconds: 60 },
  retention: { liveSeconds: 600 },
})
