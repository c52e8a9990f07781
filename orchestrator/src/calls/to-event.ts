import type { AgentMessage, CallEvent } from '@trunkline/contracts'

/**
 * What a message puts on record as it stands; undefined for those whose effect the call itself decides, and for
 * interim transcripts, which are worth nothing once the final one is there.
 */
export function toEvent(
  message: AgentMessage,
  { hashCaller }: { readonly hashCaller?: (number: string) => string | undefined } = {},
): CallEvent | undefined {
  const { type } = message
  switch (type) {
    case 'call-started': {
      const { at, direction, sip, caller } = message
      const callerHash = caller === undefined ? undefined : hashCaller?.(caller)
      return {
        ...{ at, type, direction },
        ...(sip === undefined ? {} : { sipCallId: sip.callId }),
        ...(callerHash === undefined ? {} : { callerHash }),
      }
    }
    case 'call-status':
      if (message.status === 'hangup') return undefined
      return { at: message.at, type: message.status === 'active' ? 'call-active' : 'call-ringing' }
    case 'speech-start':
    case 'speech-end':
      return { at: message.at, type }
    case 'transcript-final':
      return { at: message.at, type, text: message.text }
    case 'say-started':
      return { at: message.at, type, turnId: message.turnId, index: message.index }
    case 'say-finished': {
      const { at, turnId, index, playedMs } = message
      return { at, type, turnId, index, playedMs }
    }
    case 'heard': {
      const { at, turnId, text, interrupted } = message
      return { at, type, turnId, text, interrupted }
    }
    case 'recording': {
      const { at, state, reference, durationMs, bytes } = message
      if (state !== 'finished') return { at, type: `recording-${state}`, reference }
      const size = {
        ...(durationMs !== undefined && { durationMs }),
        ...(bytes !== undefined && { bytes }),
      }
      return { at, type: 'recording-finished', reference, source: 'agent', ...size }
    }
    case 'answered-by': {
      const { at, by, atMs, isRecording } = message
      return { at, type, by, atMs, isRecording }
    }
    case 'dtmf':
      if (message.secret) return undefined
      return { at: message.at, type, digit: message.digit }
    case 'action-result':
      return {
        ...{ at: message.at, type: 'action-finished', actionId: message.actionId, ok: message.ok },
        ...(message.code === undefined ? {} : { code: message.code }),
      }
    default:
      return undefined
  }
}
