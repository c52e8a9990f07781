import { asLanguageCode, stt, voice } from '@livekit/agents'
import type { SpeechRecognitionAlternative, StreamingRecognizeResponse } from '@trunkline/riva'

/** Where a connection's offsets lie on the stream's clock, and what to say when the server is silent about it. */
export interface TranscriptContext {
  /** Seconds to add to the server's offsets. */
  readonly offsetSeconds: number
  /** The language that was asked for. */
  readonly language: string
}

/** What Riva says: LiveKit has no place for the stability, nor for how far it has heard. */
export interface RivaSpeechData extends stt.SpeechData {
  /** How sure the server is that this stays as it is, 0 to 1; 1 for a final. */
  readonly stability: number
  /** Audio that had come in and was not heard yet when this was said; undefined where the server does not say. */
  readonly behindMs: number | undefined
}

/** How far behind the audio a transcript of Riva's is, in milliseconds; undefined where it did not say. */
export function behindMsOf({ alternatives }: stt.SpeechEvent): number | undefined {
  const best: Partial<RivaSpeechData> | undefined = alternatives?.[0]
  return best?.behindMs
}

/** How sure Riva is of an alternative, 0 to 1: 1 for a final, 0 where it did not say. */
export function stabilityOf({ type, alternatives }: stt.SpeechEvent): number {
  if (type === stt.SpeechEventType.FINAL_TRANSCRIPT) return 1
  const best: Partial<RivaSpeechData> | undefined = alternatives?.[0]
  return best?.stability ?? 0
}

/** What a response says about the current utterance. */
export interface Transcripts {
  /** Each final with the seconds of audio it covers on the connection's clock; 0 where the server does not say. */
  readonly finals: readonly { readonly speech: stt.SpeechData; readonly coveredSeconds: number }[]
  /** The whole of the utterance that is still open. */
  readonly interim: stt.SpeechData | undefined
  /** How sure the server is that the interim stays as it is, 0 to 1: that of its least sure part. 0 without one. */
  readonly stability: number
  /** The server believes that the utterance is over, but is not sure. */
  readonly isEagerEnd: boolean
  /** Seconds of audio heard on the connection's clock; 0 where the server does not say. */
  readonly processedSeconds: number
}

export function readTranscripts(
  { results }: StreamingRecognizeResponse,
  context: TranscriptContext,
): Transcripts {
  const finals: { speech: stt.SpeechData; coveredSeconds: number }[] = []
  const open: SpeechRecognitionAlternative[] = []
  let isEagerEnd = false
  let openStability: number | undefined
  let processedSeconds = 0
  for (const { alternatives, isFinal, stability, audioProcessed } of results) {
    processedSeconds = Math.max(processedSeconds, audioProcessed)
    const [best] = alternatives
    if (!best) continue
    if (isFinal) {
      const lastWordSeconds = (best.words.at(-1)?.endTime ?? 0) / 1000
      finals.push({
        speech: toSpeechData(best, context),
        coveredSeconds: Math.max(audioProcessed, lastWordSeconds),
      })
      // Interims before a final in one response belong to the utterance it ends.
      open.length = 0
      openStability = undefined
      isEagerEnd = false
    } else {
      open.push(best)
      openStability = Math.min(openStability ?? 1, stability)
      isEagerEnd ||= stability === 1
    }
  }
  const interim = join(open, context)
  const stability = interim ? (openStability ?? 0) : 0
  return { finals, interim, stability, isEagerEnd, processedSeconds }
}

/** Riva's best guess as LiveKit's. Times are seconds on the stream's clock, 0 and 0 where Riva sent no words. */
export function toSpeechData(
  { transcript, confidence, words, languageCode }: SpeechRecognitionAlternative,
  { offsetSeconds, language }: TranscriptContext,
): stt.SpeechData {
  const timed = words.map(({ word, startTime, endTime, confidence: wordConfidence }) =>
    voice.createTimedString({
      text: word,
      startTime: startTime / 1000 + offsetSeconds,
      endTime: endTime / 1000 + offsetSeconds,
      startTimeOffset: offsetSeconds,
      confidence: toConfidence(wordConfidence),
    }),
  )
  return {
    language: asLanguageCode(languageCode[0] || language),
    text: transcript.trim(),
    startTime: timed[0]?.startTime ?? 0,
    endTime: timed.at(-1)?.endTime ?? 0,
    confidence: toConfidence(confidence),
    ...(timed.length > 0 ? { words: timed } : {}),
  }
}

/** Some models send the interim in several results: a stable part and what may still change. */
function join(
  parts: readonly SpeechRecognitionAlternative[],
  context: TranscriptContext,
): stt.SpeechData | undefined {
  const [first] = parts
  if (!first) return undefined
  const transcript = parts.map(({ transcript }) => transcript).join('')
  const speech = toSpeechData({ ...first, transcript, words: [] }, context)
  return speech.text === '' ? undefined : speech
}

/** Riva's models send a probability or its logarithm; 0 means "not set" and stays 0. */
function toConfidence(value: number): number {
  return value < 0 ? Math.exp(value) : Math.min(value, 1)
}
