import { z } from 'zod'
import { logLevel } from './config.ts'
import { trunklineMode } from './example-secrets.ts'
import { dataRegion, regionHosts } from './region.ts'

/** Variables of every program that listens, the stand-ins included; to be spread into its schema. */
export const listenerVariables = {
  LOG_LEVEL: logLevel,
  LISTEN_HOST: z.string().default('127.0.0.1'),
} as const

/** Variables of every service; to be spread into its schema. What a rule (`regionRule` …) needs is among them. */
export const serviceVariables = {
  ...listenerVariables,
  TRUNKLINE_MODE: trunklineMode,
  DATA_REGION: dataRegion,
  DATA_REGION_HOSTS: regionHosts,
} as const

/** `MAX_CALL_SECONDS`, of every service that holds a call; also how long it may have to wait for its last one. */
export const callVariables = {
  MAX_CALL_SECONDS: z.coerce.number().int().min(10).max(86_400).default(1800),
} as const
