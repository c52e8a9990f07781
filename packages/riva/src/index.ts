export { createRivaChannel, type RivaChannelOptions, type TlsFiles } from './channel.ts'
export { createRivaClients, type RivaClients, type RivaClientsOptions } from './clients.ts'
export { RivaError, type RivaErrorCode, toRivaError } from './errors.ts'
export {
  HealthCheckRequest,
  HealthCheckResponse,
  HealthCheckResponse_ServingStatus,
  type HealthClient,
  HealthDefinition,
  type HealthServiceImplementation,
} from './gen/grpc/health/v1/health.ts'
export type { DeepPartial, MessageFns } from './gen/riva/proto/riva_asr.ts'
export {
  EndpointingConfig,
  PipelineStates,
  RecognitionConfig,
  RecognizeRequest,
  RecognizeResponse,
  type RivaSpeechRecognitionClient,
  RivaSpeechRecognitionConfigRequest,
  RivaSpeechRecognitionConfigResponse,
  RivaSpeechRecognitionConfigResponse_Config,
  RivaSpeechRecognitionDefinition,
  type RivaSpeechRecognitionServiceImplementation,
  SpeakerDiarizationConfig,
  SpeechContext,
  SpeechRecognitionAlternative,
  SpeechRecognitionResult,
  StreamingRecognitionConfig,
  StreamingRecognitionResult,
  StreamingRecognizeRequest,
  StreamingRecognizeResponse,
  WordInfo,
} from './gen/riva/proto/riva_asr.ts'
export { AudioEncoding } from './gen/riva/proto/riva_audio.ts'
export { RequestId } from './gen/riva/proto/riva_common.ts'
export {
  type RivaSpeechSynthesisClient,
  RivaSpeechSynthesisDefinition,
  type RivaSpeechSynthesisServiceImplementation,
  RivaSynthesisConfigRequest,
  RivaSynthesisConfigResponse,
  RivaSynthesisConfigResponse_Config,
  SynthesizeSpeechRequest,
  SynthesizeSpeechResponse,
  SynthesizeSpeechResponseMetadata,
  WordTiming,
  ZeroShotData,
} from './gen/riva/proto/riva_tts.ts'
export { checkHealth, type HealthCheckOptions, type HealthState } from './health-check.ts'
export { createHealthService, type HealthService } from './health-service.ts'
export { type RivaMetadataOptions, toRivaMetadata } from './metadata.ts'
export { type RawDefinition, toRawDefinition } from './raw-definition.ts'
