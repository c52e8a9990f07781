export type { Endpointing, RecognitionOptions, WordBoost } from './recognition.ts'
export type { FinalLatency, SpeechStream, StreamTuning } from './speech-stream.ts'
export { STT, type STTOptions, type SttConnection } from './stt.ts'
export { TTS, type TTSOptions, type TtsConnection, type VoiceOptions } from './tts.ts'
