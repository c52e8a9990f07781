import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import { keys } from './keys.ts'

export interface Watchers {
  watch(callId: string, onChange: () => void): () => void
  /** Events of the call were written by this process. */
  notify(callId: string): void
  close(): void
}

/**
 * Wakes those who follow a call. Other replicas' writes arrive over one shared subscription, which is opened
 * by the first watcher; while it is away, followers still look by themselves from time to time.
 */
export function createWatchers({ url, logger }: { url: string; logger: Logger }): Watchers {
  const byChannel = new Map<string, Set<() => void>>()
  let subscriber: Redis | undefined
  const onError = (error: unknown) => logger.debug({ err: error }, 'subscribing to a call failed')

  const wake = (channel: string) => {
    for (const onChange of byChannel.get(channel) ?? []) onChange()
  }
  const connect = () => {
    const redis = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 2000 })
    redis.on('error', onError)
    redis.on('message', wake)
    return redis
  }

  return {
    watch(callId, onChange) {
      const channel = keys.events(callId)
      const watching = byChannel.get(channel) ?? new Set()
      if (watching.size === 0) {
        subscriber ??= connect()
        byChannel.set(channel, watching)
        inBackground(subscriber.subscribe(channel), { onError })
      }
      watching.add(onChange)
      return () => {
        watching.delete(onChange)
        if (watching.size > 0 || byChannel.get(channel) !== watching) return
        byChannel.delete(channel)
        if (subscriber) inBackground(subscriber.unsubscribe(channel), { onError })
      }
    },
    notify: (callId) => wake(keys.events(callId)),
    close() {
      byChannel.clear()
      subscriber?.disconnect()
    },
  }
}
