import { setTimeout as sleep } from 'node:timers/promises'
import { briefTrackName } from '@trunkline/contracts'
import type { RoomTracks } from '../livekit/room-tracks.ts'

export interface ApartOptions {
  readonly room: string
  readonly caller: string
  readonly colleague: string
}

/** Two in one room who do not hear each other: the caller waits, the colleague is told what it is about. */
export interface Apart {
  /** Resolves when the caller certainly does not hear the agent's words to the colleague. */
  briefingIsPrivate(): Promise<void>
  /** From now on the two hear each other. @throws {Error} when livekit-server does not answer */
  join(): Promise<void>
  /** Leaves it as it is. */
  stop(): Promise<void>
}

/**
 * Looks in a row with which a track counts as unheard: livekit-sip subscribes by itself within some milliseconds of a
 * track's being published, so that the second one is after it.
 */
const sureLooks = 3

/** @param onError told of looks that failed; the next one follows */
export function keepApart(
  { room, caller, colleague }: ApartOptions,
  {
    tracks,
    onError,
    everyMs = 150,
    signal,
  }: {
    readonly tracks: RoomTracks
    readonly onError: (error: unknown) => void
    readonly everyMs?: number
    readonly signal: AbortSignal
  },
): Apart {
  const stopped = new AbortController()
  const looks = new Map<string, number>()
  let isPrivate = () => {}
  const privacy = new Promise<void>((resolve) => {
    isPrivate = resolve
  })
  const read = async () => {
    const participants = await tracks.list(room)
    const all = participants.flatMap(({ identity, tracks: own }) =>
      own.map(({ sid, name }) => ({ sid, name, by: identity })),
    )
    const sidsOf = (fits: (track: { name: string; by: string }) => boolean) =>
      all.filter(fits).map(({ sid }) => sid)
    return {
      // Who has not come yet hears nothing, and livekit-server would wait for them.
      isThere: participants.some(({ identity }) => identity === colleague),
      byCaller: sidsOf(({ by }) => by === caller),
      byColleague: sidsOf(({ by }) => by === colleague),
      briefing: sidsOf(({ name }) => name === briefTrackName),
      others: sidsOf(({ by, name }) => by !== colleague && name !== briefTrackName),
    }
  }
  const look = async () => {
    const { isThere, byColleague, briefing, others } = await read()
    if (!isThere) return
    const notForCaller = [...byColleague, ...briefing]
    await Promise.all([
      tracks.hear({ room, identity: caller, trackSids: notForCaller, on: false }),
      tracks.hear({ room, identity: colleague, trackSids: others, on: false }),
    ])
    for (const sid of briefing) {
      const times = (looks.get(sid) ?? 0) + 1
      looks.set(sid, times)
      if (times >= sureLooks) isPrivate()
    }
  }
  const watching = (async () => {
    while (!stopped.signal.aborted && !signal.aborted) {
      await look().catch(onError) // the colleague comes a little after the dialling begins
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => {}) // stopped
    }
  })()
  const stop = async () => {
    stopped.abort()
    await watching
  }

  return {
    briefingIsPrivate: () => privacy,
    async join() {
      await stop()
      const { byCaller, byColleague } = await read()
      await Promise.all([
        tracks.hear({ room, identity: caller, trackSids: byColleague, on: true }),
        tracks.hear({ room, identity: colleague, trackSids: byCaller, on: true }),
      ])
    },
    stop,
  }
}
