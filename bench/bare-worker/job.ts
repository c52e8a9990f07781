// What agents-js gives by itself: a session with voice activity detection that plays one greeting. No call channel,
// no recognition, no model, no synthesis: the floor that `./trunkline bench call` compares with.
import { readFile } from 'node:fs/promises'
import { AudioByteStream, defineAgent, inference, VADEventType, voice } from '@livekit/agents'
import { AudioFrame, type Participant, RoomEvent } from '@livekit/rtc-node'

const sampleRateHz = 24_000
const vadSampleRateHz = 16_000

export default defineAgent({
  async prewarm(proc) {
    const path = process.env['BARE_GREETING']
    if (!path) throw new Error('BARE_GREETING must name a file of 24 kHz mono s16le PCM')
    proc.userData['greeting'] = await readFile(path)
    await rehearse()
  },

  async entry(ctx) {
    await ctx.connect()
    const session = new voice.AgentSession({ vad: new inference.VAD() })
    session.on(voice.AgentSessionEventTypes.Close, () => ctx.shutdown('closed'))
    await session.start({
      agent: new voice.Agent({ instructions: 'plays a greeting' }),
      room: ctx.room,
      inputOptions: { audioSampleRate: vadSampleRateHz, deleteRoomOnClose: true },
      outputOptions: { audioSampleRate: sampleRateHz },
      record: false,
    })
    await untilActive(ctx)
    const greeting = ctx.proc.userData['greeting']
    if (greeting instanceof Uint8Array) session.say('', { audio: toFrames(greeting) })
  },
})

/**
 * Lets library code run once before the call, as Trunkline's own agent does: a floor that is slow because it is cold
 * would flatter whoever is compared with it.
 */
async function rehearse(): Promise<void> {
  const stream = new inference.VAD().stream()
  const second = new Int16Array(vadSampleRateHz)
  stream.pushFrame(new AudioFrame(second, vadSampleRateHz, 1, second.length))
  for await (const { type } of stream) if (type === VADEventType.INFERENCE_DONE) break
  stream.close()
  const session = new voice.AgentSession({ vad: null })
  await session.start({ agent: new voice.Agent({ instructions: '' }), record: false })
  await session.close()
}

function untilActive(
  ctx: Parameters<Parameters<typeof defineAgent>[0]['entry']>[0],
): Promise<void> {
  const isActive = (participant: Participant) =>
    participant.attributes['sip.callStatus'] === 'active'
  return new Promise((resolve) => {
    if ([...ctx.room.remoteParticipants.values()].some(isActive)) return resolve()
    ctx.room.on(RoomEvent.ParticipantAttributesChanged, (_changed, participant) => {
      if (isActive(participant)) resolve()
    })
  })
}

function toFrames(pcm: Uint8Array): ReadableStream<AudioFrame> {
  const bytes = new AudioByteStream(sampleRateHz, 1, sampleRateHz / 50)
  const frames = [...bytes.write(pcm.slice().buffer), ...bytes.flush()]
  return ReadableStream.from(frames)
}
