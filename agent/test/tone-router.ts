import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { type SynthesizeRequest, synthesizeHeaders, synthesizeRequest } from '@trunkline/contracts'

export interface ToneRouter {
  readonly url: string
  readonly requests: readonly SynthesizeRequest[]
  /** Requests whose client went away before the answer was whole. */
  readonly aborted: number
  close(): Promise<void>
}

export type Answer = (
  request: SynthesizeRequest,
  response: ServerResponse,
  attempt: number,
) => void | Promise<void>

/** A tts-router that says everything as a tone: `msPerCharacter` of it for every character. */
export async function startToneRouter({
  answer,
  msPerCharacter = 60,
  hertz = 440,
  port = 0,
}: {
  answer?: Answer
  msPerCharacter?: number
  hertz?: number
  /** Free by default. */
  port?: number
} = {}): Promise<ToneRouter> {
  const requests: SynthesizeRequest[] = []
  let aborted = 0
  const server = createServer((request, response) => {
    if (request.url !== '/synthesize') {
      response.end('ok')
      return
    }
    void (async () => {
      const wanted = synthesizeRequest.parse(await json(request))
      requests.push(wanted)
      response.on('close', () => {
        if (!response.writableFinished) aborted += 1
      })
      if (answer) return answer(wanted, response, requests.length)
      beginPcm(response)
      response.end(tone(wanted.text.length * msPerCharacter, { hertz }))
    })()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    get aborted() {
      return aborted
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function beginPcm(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    [synthesizeHeaders.sampleRate]: '24000',
    [synthesizeHeaders.cache]: 'miss',
  })
  response.flushHeaders()
}

/** s16le mono PCM at 24 kHz. */
export function tone(durationMs: number, { hertz = 440 }: { hertz?: number } = {}): Buffer {
  const samples = new Int16Array(Math.round(durationMs * 24))
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = Math.round(8000 * Math.sin((2 * Math.PI * hertz * index) / 24_000))
  }
  return Buffer.from(samples.buffer)
}
