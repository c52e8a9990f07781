import { ChannelCredentials, type ChannelOptions, createChannel } from 'nice-grpc'

/** PEM files for TLS with a private certificate authority, or with a client certificate of our own. */
export interface TlsFiles {
  readonly rootCertificates?: Buffer
  readonly privateKey?: Buffer
  readonly certificateChain?: Buffer
}

export interface RivaChannelOptions {
  /** `host:port`; any target grpc-js resolves (`dns:///riva-headless:50051`) works too. */
  readonly uri: string
  /** TLS: `true` trusts the system's authorities. Default: plaintext. */
  readonly ssl?: boolean | TlsFiles
  /** Added to, and stronger than, the options of this package. */
  readonly channelOptions?: ChannelOptions
}

const defaultChannelOptions: ChannelOptions = {
  // Channels to one address share a connection otherwise, and a server or balancer that allows 100
  // streams on it lets the 101st wait without an error.
  'grpc.use_local_subchannel_pool': 1,
  // A vanished peer is noticed within 40 s. More often than that, servers of gRPC's C core take
  // pings for abuse (they expect 5 minutes between them while they send nothing).
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // Unary `Synthesize` answers with the whole audio in one message; gRPC's default ends at 4 MB.
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  // grpc-js would wait up to 120 s between attempts: too long for a caller on the line.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  // The deadline of one attempt to connect, whatever its name says (gRPC's MIN_CONNECT_TIMEOUT, which nice-grpc
  // enforces): a far server's TLS takes some hundred milliseconds, and so may an event loop in which a call starts.
  'grpc.min_reconnect_backoff_ms': 5_000,
}

/** A channel to a Riva server. It connects at the first call; `close()` ends it. */
export function createRivaChannel({ uri, ssl = false, channelOptions }: RivaChannelOptions) {
  return createChannel(uri, toCredentials(ssl), { ...defaultChannelOptions, ...channelOptions })
}

function toCredentials(ssl: boolean | TlsFiles): ChannelCredentials {
  if (ssl === false) return ChannelCredentials.createInsecure()
  if (ssl === true) return ChannelCredentials.createSsl()
  return ChannelCredentials.createSsl(ssl.rootCertificates, ssl.privateKey, ssl.certificateChain)
}
