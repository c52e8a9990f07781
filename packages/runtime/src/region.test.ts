import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readEnvironment } from './config.ts'
import { dataRegion, findRegionFault, regionHosts, regionRule } from './region.ts'

const eu = {
  region: 'eu',
  hosts: [
    'db.frankfurt.example.com',
    '*.eu.example.com',
    'hotel-x1y2.livekit.cloud',
    '203.0.113.7',
  ],
}

describe('findRegionFault', () => {
  it.each([
    'redis://127.0.0.1:6379/1',
    'ws://localhost:7880',
    'http://[::1]:8000/v1',
    'http://[fd12:3456::1]:8000',
    '10.1.2.3:50051',
    '172.31.0.9:50051',
    '192.168.1.4:50051',
    '100.64.3.4:50051',
    'riva:50051',
    'riva.speech.svc:50051',
    'riva.speech.svc.cluster.local:50051',
    'http://llm.corp.internal/v1',
    'postgres://u:p@db.frankfurt.example.com/calls?sslmode=verify-full',
    'wss://rooms.eu.example.com',
    'wss://a.b.eu.example.com',
    'rediss://203.0.113.7:6380',
    'wss://hotel-x1y2.livekit.cloud',
    'WSS://Hotel-X1Y2.LiveKit.Cloud.',
  ])('lets %s be used', (address) => {
    expect(findRegionFault(address, eu)).toBeUndefined()
  })

  it.each([
    'grpc.nvcf.nvidia.com:443',
    'https://integrate.api.nvidia.com/v1',
    'https://api.openai.com/v1',
    'wss://eu.example.com',
    'wss://rooms-eu.example.com',
    'https://db.frankfurt.example.com.evil.test',
    '8.8.8.8:50051',
    '172.32.0.1:50051',
    'http://[2001:db8::1]/v1',
    'wss://someone-else.livekit.cloud',
    'wss://eu.livekit.cloud',
    'wss://eu-central.livekit.cloud',
    'wss://hotel-x1y2.eu-central.production.livekit.cloud',
    'wss://livekit.cloud',
    'http://user@',
  ])('refuses %s', (address) => {
    expect(findRegionFault(address, eu)).toBeDefined()
  })

  it('takes no wildcard and no common name for LiveKit Cloud', () => {
    const hosts = ['*.livekit.cloud', 'eu.livekit.cloud', '*.cloud']
    for (const name of ['hotel-x1y2', 'eu', 'us-east-1']) {
      const fault = findRegionFault(`wss://${name}.livekit.cloud`, { region: 'eu', hosts })
      expect(fault, name).toContain('LiveKit Cloud project')
    }
  })

  it('lets everything be used without a region', () => {
    expect(findRegionFault('8.8.8.8:1', { region: undefined, hosts: [] })).toBeUndefined()
  })
})

describe('regionRule', () => {
  const schema = z.object({
    DATA_REGION: dataRegion,
    DATA_REGION_HOSTS: regionHosts,
    RIVA_URI: z.string().optional(),
    LLM_SERVICE_URL: z.url(),
  })
  const read = (env: Record<string, string>) =>
    readEnvironment(schema, env, { rules: [regionRule(['RIVA_URI', 'LLM_SERVICE_URL'])] })

  it('names every variable that leads out of the region, beside the other faults, without values', () => {
    const env = {
      DATA_REGION: 'eu',
      RIVA_URI: 'riva:50051,grpc.nvcf.nvidia.com:443',
      LLM_SERVICE_URL: 'https://api.openai.com/v1',
      DATA_REGION_HOSTS: 'https://wrong',
    }
    const text = String(catchFault(() => read(env)))
    for (const name of ['RIVA_URI', 'LLM_SERVICE_URL', 'DATA_REGION_HOSTS']) {
      expect(text).toContain(name)
    }
    expect(text).not.toContain('openai')
  })

  it('lets listed hosts start', () => {
    const LLM_SERVICE_URL = 'https://llm.paris.example.com/v1'
    const env = { DATA_REGION: 'eu', DATA_REGION_HOSTS: '*.paris.example.com', LLM_SERVICE_URL }
    expect(read(env).LLM_SERVICE_URL).toBe(LLM_SERVICE_URL)
  })
})

function catchFault(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was found wrong')
}
