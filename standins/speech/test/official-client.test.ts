import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needs } from '@trunkline/testkit'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startService } from './service-under-test.ts'

const run = promisify(execFile)
const report = z.object({
  modelTypes: z.array(z.string()),
  voiceLanguages: z.array(z.string()),
  wholeSeconds: z.number(),
  streamedSeconds: z.number(),
  pieces: z.number(),
  offline: z.string(),
  streaming: z.string(),
})

describe('NVIDIA’s Python client', needs(['riva-python']), () => {
  it('speaks, and understands what it said, whole and as a streamed file', async () => {
    const service = await startService()
    try {
      const script = join(import.meta.dirname, 'official_client.py')
      const text = 'I would like to book a double room for two nights, please.'
      const { stdout } = await run('python3', [script, service.grpcAddress, text])
      const seen = report.parse(JSON.parse(stdout))
      expect(seen.modelTypes).toEqual(['offline', 'online'])
      expect(seen.voiceLanguages).toContain('en-US')
      expect(seen.wholeSeconds).toBeGreaterThan(2)
      expect(seen.streamedSeconds).toBeCloseTo(seen.wholeSeconds, 1)
      expect(seen.pieces).toBeGreaterThan(3)
      for (const transcript of [seen.offline, seen.streaming]) {
        expect(transcript.toLowerCase()).toContain('double room')
        expect(transcript.toLowerCase()).toContain('two nights')
      }
    } finally {
      await service.close()
    }
  })
})
