import { describe, expect, it } from 'vitest'
import { buildOrClose, createDisposalStack } from './disposal.ts'

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

describe('buildOrClose', () => {
  it('closes what was built when the rest cannot be, and says why', async () => {
    const closed: string[] = []
    const building = buildOrClose(async (stack) => {
      stack.defer(() => void closed.push('first'))
      stack.defer(() => {
        throw new Error('second broke')
      })
      await Promise.reject(new Error('the port is taken'))
    })
    await expect(building).rejects.toThrow('the port is taken')
    expect(closed).toEqual(['first'])
  })

  it('closes nothing of what was built whole', async () => {
    const closed: string[] = []
    const stack = await buildOrClose(async (made) => {
      made.defer(() => void closed.push('first'))
      return made
    })
    expect(closed).toEqual([])
    await stack.close()
    expect(closed).toEqual(['first'])
  })
})
