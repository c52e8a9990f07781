import { setTimeout as sleep } from 'node:timers/promises'
import { Room } from '@livekit/rtc-node'
import { type LastWords, lastWords } from '@trunkline/contracts'
import { leaveRoom } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { publishTrack, type VoiceTrack } from '../speaking/voice-track.ts'
import type { SpokenLine, SpokenLines } from '../spoken-lines/spoken-lines.ts'
import { toCandidates } from './apologies.ts'
import { cutAtPause } from './cut-at-pause.ts'
import type { RoomJob } from './job-source.ts'
import { createWarningTone } from './warning-tone.ts'

/** A room hears our track this long after it was published, at most; then it is spoken to all the same. */
const subscriptionMs = 1500
/** For a dispatch that names no limit; the orchestrator's own is far below. */
const longestMs = 20_000
/** The source's queue, and what the room still holds of the last sample. */
const tailMs = 400

/** Joins a room, says from disk that the call cannot go on, and leaves. */
export async function sayLastWords(
  { url, token, metadata }: RoomJob,
  {
    lines,
    logger,
    signal,
  }: { lines: Pick<SpokenLines, 'read'>; logger: Logger; signal: AbortSignal },
): Promise<void> {
  const room = new Room()
  let voice: VoiceTrack | undefined
  try {
    const wanted = readWanted(metadata)
    const [found] = await Promise.all([
      find(wanted, lines),
      room.connect(url, token, { autoSubscribe: false, dynacast: false }),
    ])
    if (!found) logger.error('no last words on disk, only a tone')
    const pcm = found ?? createWarningTone()
    voice = await publishTrack(room)
    await Promise.race([voice.publication.waitForSubscription(), sleep(subscriptionMs)])
    await voice.playNow(cutAtPause(pcm, { maxMs: wanted?.maxMs ?? longestMs }), { signal })
    await sleep(tailMs, undefined, { signal })
  } finally {
    await leaveRoom(room)
    await voice?.source.close()
  }
}

async function find(
  wanted: SpokenLine | undefined,
  lines: Pick<SpokenLines, 'read'>,
): Promise<Uint8Array | undefined> {
  for (const line of toCandidates(wanted)) {
    const pcm = await lines.read(line)
    if (pcm) return pcm
  }
  return undefined
}

function readWanted(metadata: string): LastWords | undefined {
  try {
    return lastWords.parse(JSON.parse(metadata))
  } catch {
    return undefined // foreign metadata: the apology is said in English
  }
}
