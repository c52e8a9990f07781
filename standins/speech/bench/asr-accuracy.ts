import { AudioEncoding, createRivaClients, type RivaClients } from '@trunkline/riva'
import { createLogger } from '@trunkline/telemetry'
import { encodeG711 } from '@trunkline/telephony'
import { readConfig } from '../src/config.ts'
import { createService } from '../src/service.ts'
import { keyterms, sentences } from './sentences.ts'
import { countWordErrors } from './word-errors.ts'

const rateHz = 8_000
const chunkBytes = 160
const voices = [
  'Flite.EN-GB.Awb',
  'Flite.EN-US.Kal',
  'Flite.EN-US.Slt',
  'Flite.EN-US.Rms',
  'Espeak.EN-GB.Male',
  'Espeak.EN-GB.Female',
]

const service = await createService(readConfig({ SPEECH_GRPC_PORT: '0', SPEECH_HTTP_PORT: '0' }), {
  logger: createLogger('bench', { level: 'silent' }),
})
const riva = createRivaClients({ uri: service.grpcAddress })
console.log('| voice | boost | word error rate | worst sentences |\n| --- | --- | --- | --- |')
for (const voiceName of voices) {
  const spoken: Awaited<ReturnType<typeof speak>>[] = []
  for (const text of sentences) spoken.push(await speak(riva, { text, voiceName }))
  for (const boost of [0, 5]) {
    let errors = 0
    let words = 0
    const wrong: string[] = []
    for (const [index, audio] of spoken.entries()) {
      const said = sentences[index] ?? ''
      const heard = await understand(riva, { audio, boost })
      const counted = countWordErrors(said, heard)
      errors += counted.errors
      words += counted.words
      if (counted.errors > 0) wrong.push(heard)
    }
    const rate = ((100 * errors) / words).toFixed(1)
    console.log(`| ${voiceName} | ${boost} | ${rate} % | ${wrong.slice(0, 6).join(' · ')} |`)
  }
}
riva.close()
await service.close()

/** µ-law at 8 kHz between silences, as a telephone line brings it. */
async function speak(
  { tts }: RivaClients,
  { text, voiceName }: { text: string; voiceName: string },
): Promise<Uint8Array> {
  const { audio } = await tts.synthesize({
    text,
    voiceName,
    languageCode: 'en-US',
    sampleRateHz: rateHz,
    encoding: AudioEncoding.LINEAR_PCM,
  })
  const pcm = new Int16Array(new Uint8Array(audio).buffer)
  const padded = new Int16Array(pcm.length + rateHz)
  padded.set(pcm, 0.6 * rateHz)
  return encodeG711('PCMU', padded)
}

/** Streams it and forces the end, as the agent does when its caller stops. */
async function understand(
  { asr }: RivaClients,
  { audio, boost }: { audio: Uint8Array; boost: number },
): Promise<string> {
  async function* requests() {
    const config = {
      encoding: AudioEncoding.MULAW,
      sampleRateHertz: rateHz,
      languageCode: 'en-US',
      speechContexts: boost > 0 ? [{ phrases: keyterms, boost }] : [],
    }
    yield {
      streamingRequest: {
        $case: 'streamingConfig' as const,
        value: { config, interimResults: false },
      },
    }
    for (let at = 0; at < audio.length; at += chunkBytes) {
      const value = audio.subarray(at, at + chunkBytes)
      const isLast = at + chunkBytes >= audio.length
      yield {
        streamingRequest: { $case: 'audioContent' as const, value },
        runtimeConfig: isLast ? { force_eou: 'true' } : {},
      }
    }
  }
  let text = ''
  for await (const { results } of asr.streamingRecognize(requests())) {
    for (const { isFinal, alternatives } of results) {
      if (isFinal) text += alternatives[0]?.transcript ?? ''
    }
  }
  return text
}
