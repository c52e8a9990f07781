/** One small change that breaks the product in a way the simulation must notice. */
export interface PlantedFault {
  readonly name: string
  readonly edits: readonly {
    /** Below orchestrator/src. */
    readonly file: string
    /** Must be there, or the fault has to be written anew for the code as it is now. */
    readonly from: string
    readonly to: string
  }[]
  /** A sentence of the model that speaks of it. */
  readonly shows: RegExp
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'dedupe off: a repeated message is handled again',
    edits: [
      {
        file: 'channel/job-link.ts',
        from: 'const isNew = inbox.accept(seq)',
        to: 'const isNew = inbox.accept(seq) || true',
      },
    ],
    shows: /^digits|taken twice/,
  },
  {
    name: 'fencing off: a job thought dead is served',
    edits: [
      { file: 'store/claim.ts', from: 'isSuperseded: held < epoch', to: 'isSuperseded: false' },
    ],
    shows: /a dead job was served|^digits/,
  },
  {
    name: 'acknowledgements lost',
    edits: [
      {
        file: 'channel/job-link.ts',
        from: "connection?.send({ type: 'ack', upTo })",
        to: 'void upTo',
      },
    ],
    shows: /acknowledge/,
  },
  {
    name: 'resend off: what a broken connection lost stays lost',
    edits: [
      {
        file: 'channel/job-link.ts',
        from: 'if (message.seq < heldFrom) next.send(message)',
        to: 'if (message.seq < 0) next.send(message)',
      },
    ],
    shows: /was heard|nothing came of/,
  },
  {
    name: 'epoch not raised by a new job',
    edits: [
      {
        file: 'store/claim.ts',
        from: 'epoch = math.max(epoch, tonumber(ARGV[3])) + 1',
        to: 'epoch = math.max(epoch, 1)',
      },
    ],
    shows: /^epochs/,
  },
  {
    name: 'a sentence is sent before it is stored',
    edits: [
      {
        file: 'channel/job-link.ts',
        from: 'const gate = after?.()',
        to: 'const gate = void after',
      },
    ],
    shows: /^sent before it was stored/,
  },
  {
    name: 'the end is written twice',
    edits: [
      {
        file: 'calls/journal.ts',
        from: 'if (isIllegal || isOver(record.state)) {',
        to: "if (event.type !== 'call-ended' && (isIllegal || isOver(record.state))) {",
      },
      {
        file: 'calls/call-ending.ts',
        from: "if (journal.emit({ at: now(), type: 'call-ended', reason: final }))",
        to: "if ([1, 2].map(() => journal.emit({ at: now(), type: 'call-ended', reason: final }))[0])",
      },
    ],
    shows: /^2 ends|call-ended while/,
  },
  {
    name: 'a TTL is forgotten',
    edits: [
      {
        file: 'store/fenced-write.ts',
        from: "redis.call('EXPIRE', KEYS[2], ARGV[4])",
        to: '',
      },
    ],
    shows: /^left without a TTL/,
  },
  {
    name: 'every job gets a call of its own',
    edits: [
      {
        file: 'store/claim.ts',
        from: "local id = redis.call('GET', KEYS[1]) or ARGV[1]",
        to: 'local id = ARGV[1]',
      },
    ],
    shows: /calls for one room|calls of the room|nothing came of/,
  },
  {
    name: 'a reply that was begun is begun anew',
    edits: [
      {
        file: 'turns/run-turn.ts',
        from: 'let index = firstIndex',
        to: 'let index = 0 * firstIndex',
      },
    ],
    shows: /^two texts|stored as|was heard/,
  },
]
