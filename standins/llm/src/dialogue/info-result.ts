import { z } from 'zod'
import { findTopic } from '../understand/topics.ts'
import { toRecord } from '../wire/request.ts'
import { isSpeakable } from './outcome.ts'

export type InfoResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'topics'; readonly topics: readonly string[] }
  | { readonly kind: 'unknown'; readonly topics: readonly string[] }

const textKeys = ['text', 'answer', 'info', 'information', 'description', 'content', 'details']
const listKeys = ['topics', 'available_topics', 'known_topics']
const notText = /^(topic|error|message|code|hotel|name|language|found|ok)$/

/** Reads the result of get_hotel_info: a text, a table of topics, or a list of what it knows. */
export function readInfoResult(json: string, topic: string | undefined): InfoResult {
  const result = toRecord(json)
  const topics = listKeys.flatMap((key) => z.array(z.string()).safeParse(result[key]).data ?? [])
  if (result['error'] !== undefined || result['found'] === false) return { kind: 'unknown', topics }
  for (const key of textKeys) {
    const value = result[key]
    if (typeof value === 'string' && value !== '') return { kind: 'text', text: toSentence(value) }
  }
  const tables = [...textKeys, ...listKeys].map((key) => toTable(result[key]))
  const table = tables.find((one) => Object.keys(one).length > 0) ?? toTable(result)
  const names = Object.keys(table).filter((name) => !notText.test(name))
  const named = topic === undefined ? undefined : findTopic(topic, names)
  const text = table[named ?? (names.length === 1 ? (names[0] ?? '') : '')]
  if (text) return { kind: 'text', text: toSentence(text) }
  const known = topics.length > 0 ? topics : names
  if (known.length > 0) return { kind: topic === undefined ? 'topics' : 'unknown', topics: known }
  const plain = Object.keys(result).length === 0 && isSpeakable(json.trim())
  return plain ? { kind: 'text', text: json.trim() } : { kind: 'unknown', topics }
}

function toTable(value: unknown): Record<string, string> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value)
  if (!parsed.success) return {}
  const entries = Object.entries(parsed.data)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function toSentence(text: string): string {
  const plain = text
    .replace(/[*_#`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return /[.!?।]$/.test(plain) ? plain : `${plain}.`
}
