import { testRivaServer } from '@trunkline/testkit/riva-server'
import { startService } from './service-under-test.ts'

testRivaServer('the CPU stand-in on Riva’s wire', async () => {
  const service = await startService()
  return { uri: service.grpcAddress, close: () => service.close() }
})
