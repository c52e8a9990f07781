import type { EndpointingConfig } from '@trunkline/riva'
import { defaultEndpointing, type EndpointingSettings } from './endpointing.ts'

const shortestStopMs = 100

/** Riva's settings, as far as they mean something here; 0 and less leave a value as it is. */
export function toEndpointingSettings(config: EndpointingConfig | undefined): EndpointingSettings {
  const stopMs = Math.max(
    shortestStopMs,
    positive(config?.stopHistory) ?? defaultEndpointing.stopMs,
  )
  const pauseMs = positive(config?.stopHistoryEou)
  return {
    ...defaultEndpointing,
    stopMs,
    pauseMs: pauseMs && pauseMs < stopMs ? pauseMs : undefined,
  }
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined
}
