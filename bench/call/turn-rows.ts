import { textTable } from '../report/text-table.ts'
import { type HeardTurn, isRight } from './heard-turns.ts'
import type { ReplyKind, TurnFigures } from './turn-figures.ts'
import type { TurnsCall } from './turns-call.ts'
import { describeRows, type JudgedRow, judgeRow, type WireRow } from './wire-row.ts'

/** All rows of a run, judged by what issue 5 wants. */
export interface TurnRows {
  readonly rows: readonly JudgedRow[]
  readonly heard: {
    readonly replies: number
    readonly right: number
    readonly interrupted: number
    readonly interruptedRight: number
    readonly outcome: 'met' | 'missed' | 'not measured'
  }
  /** What was promised from the beginning, of every turn. */
  readonly promises: readonly JudgedRow[]
}

const heardShare = 0.99

export function toTurnRows(calls: readonly TurnsCall[]): TurnRows {
  const turns = calls.flatMap((call) => call.turns)
  const of = (key: keyof Omit<TurnFigures, 'kind'>, kind?: ReplyKind) =>
    turns
      .filter((turn) => kind === undefined || turn.kind === kind)
      .map((turn) => turn[key])
      .filter((value) => value !== undefined)
  const rows: WireRow[] = [
    {
      name: 'INVITE → first greeting sample',
      values: calls.map(({ greetingMs }) => greetingMs),
      goal: { p50: 650, p95: 850 },
    },
    {
      name: 'caller stops → first reply sample, plain sentence',
      values: of('gapMs', 'plain'),
      goal: { p50: 650, p95: 900 },
    },
    { name: '  own share', values: of('ownMs', 'plain'), goal: { p50: 30, p95: 65 } },
    { name: '    orchestrator', values: of('orchestratorMs', 'plain') },
    { name: '    agent', values: of('agentMs', 'plain') },
    { name: '    channel between them', values: of('channelMs', 'plain') },
    { name: '  transport in', values: of('inMs', 'plain') },
    { name: '  transport out', values: of('outMs', 'plain') },
    { name: '  end of turn decided', values: of('endpointingMs', 'plain') },
    { name: 'the same where the hotel is asked first', values: of('gapMs', 'tool') },
    {
      name: 'decision → first sample of a cached answer',
      values: of('sinceDecisionMs', 'fixed'),
      goal: { p95: 200 },
    },
    {
      name: 'onset → silence (20 dB)',
      values: calls.flatMap(({ quiet }) => quiet.map(({ quietMs }) => quietMs)),
      goal: { p50: 300, p95: 380 },
    },
  ]
  const promises: WireRow[] = [
    { name: 'E2E on the wire', values: of('gapMs'), goal: { every: 2000 } },
    { name: 'ASR final', values: of('asrMs'), goal: { every: 500 } },
    { name: 'LLM first token', values: of('llmMs'), goal: { every: 1000 } },
    { name: 'TTS first byte', values: of('ttsMs'), goal: { every: 300 } },
  ]
  return {
    rows: rows.map(judgeRow),
    heard: countHeard(calls.flatMap(({ heard }) => heard)),
    promises: promises.map(judgeRow),
  }
}

function countHeard(all: readonly HeardTurn[]): TurnRows['heard'] {
  const interrupted = all.filter(({ isInterrupted }) => isInterrupted)
  const right = all.filter(isRight).length
  const outcome =
    all.length === 0 ? 'not measured' : right / all.length >= heardShare ? 'met' : 'missed'
  return {
    ...{ replies: all.length, right, outcome, interrupted: interrupted.length },
    interruptedRight: interrupted.filter(isRight).length,
  }
}

export function describeTurnRows({ rows, heard, promises }: TurnRows): string {
  return [
    describeRows(rows),
    '',
    textTable([
      ['`heard` as in the recording, ± 1 word', 'right', 'of', 'goal', ''],
      ['all replies', String(heard.right), String(heard.replies), '≥ 99 %', heard.outcome],
      ['  interrupted ones', String(heard.interruptedRight), String(heard.interrupted), '', ''],
    ]),
    '',
    'promised of every turn:',
    describeRows(promises),
  ].join('\n')
}
