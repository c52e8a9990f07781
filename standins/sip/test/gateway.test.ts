import { dispose } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { needs } from '@trunkline/testkit'
import { afterAll, describe } from 'vitest'
import { startLivekitChain } from '../../../packages/telephony/test/livekit-chain.ts'
import { createService } from '../src/service.ts'
import { testSipGateway } from './compliance.ts'
import { testConfig } from './test-config.ts'

afterAll(() => dispose())

describe('livekit-sip', needs(['sip', 'livekit-server', 'redis']), () => {
  testSipGateway(() =>
    startLivekitChain({
      sipSettings: {
        ...{ media_timeout_initial: '2s', media_timeout: '2s' },
        max_cpu_utilization: 1, // else it dials nobody while other tests use the machine
      },
    }),
  )
})

describe('the stand-in', needs(['livekit-server', 'redis']), () => {
  testSipGateway(() =>
    startLivekitChain({
      async startGateway(livekit) {
        const config = testConfig(livekit, { mediaTimeoutMs: 2000 })
        const logger = createLogger('sip', config.log)
        const { sip, url, close } = await createService(config, { logger })
        return { port: sip.port, apiUrl: url, close }
      },
    }),
  )
})
