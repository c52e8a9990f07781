import type { MethodDefinition } from '@grpc/grpc-js'

/** A gRPC message as it is on the wire. */
export type RawMessage = Buffer

const keep = (message: RawMessage): RawMessage => message

const method = (
  name: string,
  streams: { request: boolean; response: boolean },
): MethodDefinition<RawMessage, RawMessage> => ({
  path: `/nvidia.riva.asr.RivaSpeechRecognition/${name}`,
  requestStream: streams.request,
  responseStream: streams.response,
  requestSerialize: keep,
  requestDeserialize: keep,
  responseSerialize: keep,
  responseDeserialize: keep,
})

/**
 * Riva's recognition service without decoding: fields that this repository does not know pass unharmed,
 * and every response, an empty one too, stays one response (NVIDIA's own client counts them).
 */
export const rawRecognition = {
  Recognize: method('Recognize', { request: false, response: false }),
  StreamingRecognize: method('StreamingRecognize', { request: true, response: true }),
  GetRivaSpeechRecognitionConfig: method('GetRivaSpeechRecognitionConfig', {
    request: false,
    response: false,
  }),
} as const
