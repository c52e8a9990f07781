import { execFileSync } from 'node:child_process'
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'

const rateHz = 16_000

export interface RoomCaller {
  /** Speaks until the audio is over, then silence again. */
  speak(samples: Int16Array): Promise<void>
  /** Its track ends, and another one comes. */
  changeMicrophone(): Promise<void>
  /** Resolves when the agent's audio has been loud (or quiet) for 60 ms. */
  hears(what: 'sound' | 'quiet'): Promise<void>
  /** Loud frames of 10 ms heard so far. */
  readonly loudFrames: number
  readonly room: Room
  hangUp(): Promise<void>
}

/** Calls as a room participant; its microphone, if it has one, is silent unless it speaks. */
export async function callRoom({
  url,
  token,
  hasMicrophone = true,
  echo = 0,
}: {
  url: string
  token: string
  hasMicrophone?: boolean
  /** Of what is heard, how much comes back by the microphone: 0 to 1. */
  echo?: number
}): Promise<RoomCaller> {
  const room = new Room()
  const repeat = (heard: Int16Array) => {
    queue = Int16Array.from([...queue, ...heard.map((sample) => sample * echo)])
  }
  const ears = listen(room, { onHeard: echo > 0 ? repeat : () => {} })
  await room.connect(url, token, { autoSubscribe: true, dynacast: false })
  const source = new AudioSource(rateHz, 1, 100)
  const publish = () =>
    room.localParticipant?.publishTrack(
      LocalAudioTrack.createAudioTrack('microphone', source),
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    )
  let microphone = hasMicrophone ? await publish() : undefined
  let queue = new Int16Array(0)
  let spoken: (() => void) | undefined
  let over = false
  const silence = new Int16Array(rateHz / 50)
  const talk = async () => {
    while (!over) {
      // A copy: rtc-node sends from the beginning of the buffer, whatever the view.
      const samples = queue.length > 0 ? queue.slice(0, silence.length) : silence
      queue = queue.subarray(samples.length)
      if (queue.length === 0) spoken?.()
      await source.captureFrame(new AudioFrame(samples, rateHz, 1, samples.length))
    }
  }
  const talking = talk()
  return {
    room,
    speak(samples) {
      queue = Int16Array.from([...queue, ...samples])
      return new Promise((resolve) => {
        spoken = resolve
      })
    },
    async changeMicrophone() {
      await room.localParticipant?.unpublishTrack(microphone?.sid ?? '')
      microphone = await publish()
    },
    hears: (what) => ears.hears(what),
    get loudFrames() {
      return ears.loudFrames
    },
    async hangUp() {
      if (over) return
      over = true
      await talking
      await room.disconnect()
      await source.close()
    },
  }
}

/** Frames of 10 ms. */
const enoughFrames = 6

/** A killed agent's track stays in the room and is silent: each track is listened to by itself. */
function listen(room: Room, { onHeard }: { onHeard: (samples: Int16Array) => void }) {
  let loudFrames = 0
  const tracks = new Set<{ isLoud: boolean }>()
  const waiting = new Set<(of: { isLoud: boolean }) => void>()
  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return
    const heard = { isLoud: false }
    tracks.add(heard)
    void (async () => {
      for await (const frame of new AudioStream(track, { sampleRate: rateHz, numChannels: 1 })) {
        heard.isLoud = frame.data.some((sample: number) => Math.abs(sample) > 1000)
        if (heard.isLoud) loudFrames += 1
        onHeard(frame.data)
        for (const look of waiting) look(heard)
      }
      // An agent that has left is quiet, too.
      heard.isLoud = false
      tracks.delete(heard)
      for (const look of waiting) look(heard)
    })()
  })
  const hears = (what: 'sound' | 'quiet') =>
    new Promise<void>((resolve) => {
      const runs = new Map<{ isLoud: boolean }, number>()
      const isLong = (of: { isLoud: boolean }) => (runs.get(of) ?? 0) >= enoughFrames
      const look = (of: { isLoud: boolean }) => {
        runs.set(of, of.isLoud === (what === 'sound') ? (runs.get(of) ?? 0) + 1 : 0)
        if (what === 'sound' ? !isLong(of) : ![...tracks].every(isLong)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
    })
  return {
    hears,
    get loudFrames() {
      return loudFrames
    },
  }
}

/** A sentence by espeak-ng, at 16 kHz. */
export function espeak(text: string): Int16Array {
  const wav = execFileSync('espeak-ng', ['--stdout', text], { maxBuffer: 1 << 26 })
  const sourceHz = wav.readUInt32LE(24)
  const data = wav.subarray(44)
  const samples = new Int16Array(
    data.buffer.slice(data.byteOffset, data.byteOffset + (data.length & ~1)),
  )
  const length = Math.floor((samples.length * rateHz) / sourceHz)
  return Int16Array.from({ length }, (_, index) => {
    const position = (index * sourceHz) / rateHz
    const left = Math.floor(position)
    const a = samples[left] ?? 0
    const b = samples[left + 1] ?? a
    return a + (b - a) * (position - left)
  })
}
