import { Gauge, type Registry } from '@trunkline/telemetry'
import type { Filled } from './fill-disk.ts'

/** Shows how much of the fixed words a call would find on disk; nothing until it was first looked. */
export function createDiskGauge(registry: Registry): (filled: Filled) => void {
  const gauge = new Gauge({
    name: 'agent_fixed_words',
    help: 'Fixed words of all lines: on disk, missing, or of a language that nobody speaks',
    labelNames: ['state'],
    registers: [registry],
  })
  return ({ onDisk, missing, refused }) => {
    gauge.set({ state: 'on-disk' }, onDisk)
    gauge.set({ state: 'missing' }, missing)
    gauge.set({ state: 'no-voice' }, refused)
  }
}
