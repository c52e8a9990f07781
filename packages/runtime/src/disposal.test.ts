import { describe, expect, it } from 'vitest'
import { createDisposalStack } from './disposal.ts'

describe('createDisposalStack', () => {
  it('closes in reverse order, once, and runs every disposer though one throws', async () => {
    const closed: string[] = []
    const stack = createDisposalStack()
    stack.defer(() => void closed.push('first'))
    stack.defer(() => {
      throw new Error('second broke')
    })
    stack.defer(async () => void closed.push('third'))
    await expect(stack.close()).rejects.toThrow('closing failed')
    await expect(stack.close()).rejects.toThrow('closing failed')
    expect(closed).toEqual(['third', 'first'])
  })
})
