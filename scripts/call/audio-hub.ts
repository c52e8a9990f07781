import { createBoundedQueue } from '@trunkline/runtime'
import type { ReceivedAudio } from '@trunkline/telephony'

export interface AudioHub {
  push(audio: ReceivedAudio): void
  close(): void
  /** Audio from now on; a reader that falls 10 s behind misses what comes then. */
  read(): AsyncIterable<ReceivedAudio>
}

const maxQueuedMs = 10_000

/** One source of audio, any number of readers. */
export function createAudioHub(): AudioHub {
  const queues = new Set<ReturnType<typeof createBoundedQueue<ReceivedAudio>>>()
  let isClosed = false
  return {
    push(audio) {
      for (const queue of queues) queue.push(audio)
    },
    close() {
      isClosed = true
      for (const queue of queues) queue.close()
    },
    read() {
      const weigh = ({ pcm }: ReceivedAudio) => pcm.length / 8
      const queue = createBoundedQueue<ReceivedAudio>({ capacity: maxQueuedMs, weigh })
      if (isClosed) queue.close()
      else queues.add(queue)
      return queue
    },
  }
}
