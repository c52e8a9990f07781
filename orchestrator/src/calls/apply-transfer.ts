import type { CallEventOf, CallRecord } from '@trunkline/contracts'

type TransferEvent = CallEventOf<
  'call-transferring' | 'transfer-stage' | 'transfer-failed' | 'call-bridged'
>

/** How far the transfer is that is under way; nothing of it once it has come to an end. */
export function applyTransfer(record: CallRecord, event: TransferEvent): CallRecord {
  const { transfer, ...rest } = record
  switch (event.type) {
    case 'call-transferring': {
      const { at, actionId = '', target, mode = 'cold', turnId } = event
      const named = target === undefined ? {} : { target }
      const asked = turnId === undefined ? {} : { turnId }
      const begun = {
        actionId,
        at,
        mode,
        stage: 'announcing',
        stageAt: at,
        ...named,
        ...asked,
      } as const
      return { ...rest, transfer: begun }
    }
    case 'transfer-stage':
      if (!transfer) return record
      return { ...rest, transfer: { ...transfer, stage: event.stage, stageAt: event.at } }
    case 'transfer-failed':
    case 'call-bridged':
      return rest
    default:
      return event satisfies never
  }
}
