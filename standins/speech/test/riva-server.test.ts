import { testRivaServer } from '@trunkline/testkit/riva-server'
import { startService } from './service-under-test.ts'

testRivaServer('the CPU stand-in on Riva’s wire', async () => {
  const service = await startService()
  return { uri: service.grpcAddress, close: () => service.close() }
})

testRivaServer('the stand-in that knows its own speech alone', async () => {
  const service = await startService({ isKnownSpeechOnly: true })
  return { uri: service.grpcAddress, close: () => service.close() }
})
