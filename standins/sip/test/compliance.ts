import { describe } from 'vitest'
import type { LivekitChain } from '../../../packages/telephony/test/livekit-chain.ts'
import { hostileStories } from './hostile-stories.ts'
import { inboundStories } from './inbound-stories.ts'
import { outboundStories } from './outbound-stories.ts'
import { useSetting } from './setting.ts'
import { transferStories } from './transfer-stories.ts'

/**
 * What Trunkline relies on in a SIP gateway. livekit-sip and the stand-in run the same stories against a real
 * livekit-server; where they differ, the stand-in is wrong. Call it inside a `describe`.
 */
export function testSipGateway(create: () => Promise<LivekitChain>): void {
  const setting = useSetting(create)
  describe('a call that comes in', () => inboundStories(setting))
  describe('what should not come', () => hostileStories(setting))
  describe('a call that goes out', () => outboundStories(setting))
  describe('a call that is handed over', () => transferStories(setting))
}
