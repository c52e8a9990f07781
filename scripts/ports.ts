/** Default ports of every part (design section 2); `--port-offset` is added to each. */
export const defaultPorts = {
  redis: 6379,
  livekit: 7880,
  livekitTcp: 7881,
  livekitUdp: 7882,
  sip: 5060,
  sipHealth: 8083,
  rtpFirst: 10000,
  speechGrpc: 50051,
  speechHttp: 8100,
  llm: 8000,
  asrProxyGrpc: 50052,
  asrProxyHttp: 8082,
  orchestrator: 8080,
  ttsRouter: 9000,
  agentHealth: 8081,
  agentMetrics: 9464,
  lastWords: 9465,
} as const

export type Ports = { readonly [Name in keyof typeof defaultPorts]: number }

/** RTP ports of livekit-sip from `rtpFirst`: it takes an even one per call and keeps it 30 s longer. */
export const rtpPortCount = 2000

/** 50052 + offset must stay a port number. */
export const maxPortOffset = 65535 - defaultPorts.asrProxyGrpc

export function offsetPorts(offset: number): Ports {
  return Object.fromEntries(
    Object.entries(defaultPorts).map(([name, port]) => [name, port + offset]),
  ) as Ports
}
