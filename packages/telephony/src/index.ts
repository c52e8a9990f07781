export type { Call, CallEnd, CallEvent, CallState, CallTimings, HangupOptions } from './call.ts'
export { describeEnd } from './call.ts'
export type { SipTimers } from './client-transaction.ts'
export type { Codec } from './codec.ts'
export { type Credentials, parseAuthorization, provesPassword, writeChallenge } from './digest.ts'
export { decodeG711, encodeG711, type G711Codec } from './g711.ts'
export { createG722Decoder, createG722Encoder, type DecodedG722 } from './g722.ts'
export type { ReceivedAudio } from './incoming-audio.ts'
export type { AcceptOptions, IncomingCall } from './incoming-call.ts'
export { isVoiced, levelDbfs, voicedDbfs } from './level.ts'
export type { MediaCounts, RtpPorts } from './media.ts'
export { createOutgoingAudio } from './outgoing-audio.ts'
export type { CallOptions } from './outgoing-call.ts'
export { startPacer } from './pacer.ts'
export {
  createPhone,
  findLocalAddress,
  type Phone,
  type PhoneOptions,
  type SipTrace,
} from './phone.ts'
export { PhoneError, type PhoneErrorCode } from './phone-error.ts'
export type { Playback, PlayedFrame, PlayOptions } from './playback.ts'
export type { Refer } from './refer.ts'
export type { ReferOptions, ReferOutcome } from './refer-request.ts'
export { concatPcm, createResampler, type Resampler, resample } from './resample.ts'
export { createRoughPath, type RoughPathOptions, type RtpPath } from './rtp-path.ts'
export { parseSipUri, type UdpAddress } from './sip-address.ts'
export { headerOf, type SipHeader } from './sip-message.ts'
export {
  findSpeech,
  firstVoicedAt,
  lastVoicedAt,
  type SpanOptions,
  type SpeechSpan,
  type TimedAudio,
} from './speech-spans.ts'
export type { KeyTiming } from './telephone-event.ts'
export { layOut, type RecordedAudio } from './timeline.ts'
export { readMonoWav, readWav, type Wav, WavError, writeWav } from './wav.ts'
