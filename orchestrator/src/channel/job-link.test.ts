import type { OrchestratorMessage } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, vi } from 'vitest'
import { createJobLink, type JobLinkOptions } from './job-link.ts'

function create(options: Partial<JobLinkOptions> = {}) {
  const sent: OrchestratorMessage[] = []
  const link = createJobLink({
    ...{ jobId: 'j', protocol: 2, handled: 1, first: 1, now: () => 1 },
    handledInStore: () => Number.POSITIVE_INFINITY,
    logger: createLogger('test', { level: 'silent' }),
    ...options,
  })
  const connection = {
    send: (message: OrchestratorMessage) => void sent.push(message),
    close: () => {},
    terminate: () => {},
  }
  const finish = (turnId: string, after?: () => Promise<boolean>) =>
    link.send((seq) => ({ type: 'turn-finished', seq, at: 1, turnId }), after ? { after } : {})
  const seqs = () => sent.flatMap((message) => ('seq' in message ? [message.seq] : []))
  return { link, connection, finish, seqs, sent }
}

function createGate() {
  let resolve = (_isOurs: boolean) => {}
  const promise = new Promise<boolean>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

describe('createJobLink', () => {
  it('holds a message back until it may go, and what follows behind it', async () => {
    const { link, connection, finish, seqs } = create()
    link.attach(connection, { resumeFrom: 0 })
    const { promise, resolve } = createGate()
    finish('a')
    finish('b', () => promise)
    finish('c')
    expect(seqs()).toEqual([1])
    resolve(true)
    await promise
    await Promise.resolve()
    expect(seqs()).toEqual([1, 2, 3])
  })

  it('sends nothing that was held back for a call that is another’s now', async () => {
    const { link, connection, finish, seqs } = create()
    link.attach(connection, { resumeFrom: 0 })
    const refused = Promise.resolve(false)
    finish('a', () => refused)
    finish('b')
    await refused
    await Promise.resolve()
    expect(seqs()).toEqual([])
  })

  it('does not send over a new connection what may not go yet', async () => {
    const { link, connection, finish, seqs } = create()
    const { promise, resolve } = createGate()
    finish('a')
    finish('b', () => promise)
    link.attach(connection, { resumeFrom: 0 })
    expect(seqs()).toEqual([1])
    resolve(true)
    await promise
    await Promise.resolve()
    expect(seqs()).toEqual([1, 2])
  })

  it('acknowledges no more than is stored, and the rest later', () => {
    vi.useFakeTimers()
    try {
      let stored = 1
      const { link, connection, sent } = create({ handledInStore: () => stored })
      link.attach(connection, { resumeFrom: 0 })
      link.accept(2)
      link.complete()
      vi.advanceTimersByTime(100)
      expect(sent.at(-1)).toEqual({ type: 'ack', upTo: 1 })
      stored = 2
      vi.advanceTimersByTime(100)
      expect(sent.at(-1)).toEqual({ type: 'ack', upTo: 2 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('lets what leaves nothing in the store wait for what does', () => {
    vi.useFakeTimers()
    try {
      let stored = Number.POSITIVE_INFINITY
      const { link, connection, sent } = create({ handledInStore: () => stored })
      link.attach(connection, { resumeFrom: 0 })
      vi.advanceTimersByTime(100)
      sent.length = 0
      for (const seq of [2, 3]) {
        link.accept(seq)
        link.complete()
        vi.advanceTimersByTime(100)
      }
      expect(sent).toEqual([])
      link.accept(4)
      stored = 3
      link.complete()
      stored = 4
      vi.advanceTimersByTime(20)
      expect(sent).toEqual([{ type: 'ack', upTo: 4 }])
      link.accept(5)
      stored = Number.POSITIVE_INFINITY
      link.complete()
      vi.advanceTimersByTime(250)
      expect(sent.at(-1)).toEqual({ type: 'ack', upTo: 5 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('takes nothing more from a job that was superseded', () => {
    const { link, connection } = create()
    link.attach(connection, { resumeFrom: 0 })
    expect(link.accept(2)).toBe(true)
    link.supersede()
    expect(link.accept(3)).toBe(false)
  })
})
