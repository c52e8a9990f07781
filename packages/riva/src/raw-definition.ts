/** A method of a definition made by ts-proto. */
interface GeneratedMethod {
  readonly name: string
  readonly requestStream: boolean
  readonly responseStream: boolean
}

interface GeneratedDefinition {
  readonly fullName: string
  readonly methods: Readonly<Record<string, GeneratedMethod>>
}

interface RawMethod<Method extends GeneratedMethod> {
  readonly path: string
  readonly requestStream: Method['requestStream']
  readonly responseStream: Method['responseStream']
  readonly requestSerialize: (bytes: Uint8Array) => Uint8Array
  readonly requestDeserialize: (bytes: Uint8Array) => Uint8Array
  readonly responseSerialize: (bytes: Uint8Array) => Uint8Array
  readonly responseDeserialize: (bytes: Uint8Array) => Uint8Array
  readonly options: Record<string, never>
}

/** A service definition of nice-grpc whose messages are their encoded bytes. */
export type RawDefinition<Definition extends GeneratedDefinition> = {
  readonly [Name in keyof Definition['methods']]: RawMethod<Definition['methods'][Name]>
}

const asIs = (bytes: Uint8Array) => bytes

/**
 * The same service with messages left encoded, for proxies: decoding and encoding again would lose
 * every field that is newer than these protos. Peek with `StreamingRecognizeRequest.decode(bytes)`.
 */
export function toRawDefinition<const Definition extends GeneratedDefinition>(
  definition: Definition,
): RawDefinition<Definition> {
  const methods = Object.entries(definition.methods).map(([key, method]) => [
    key,
    {
      path: `/${definition.fullName}/${method.name}`,
      requestStream: method.requestStream,
      responseStream: method.responseStream,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
      options: {},
    },
  ])
  // The keys and their stream flags are those of `definition`; fromEntries cannot say so.
  return Object.fromEntries(methods) as RawDefinition<Definition>
}
