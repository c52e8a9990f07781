import { join, resolve } from 'node:path'
import type { EnvironmentRule } from '@trunkline/runtime'
import { z } from 'zod'
import type { SinkSettings } from './create-sink.ts'

/** Where recordings go: variables of the agent's environment. */
export const recordingVariables = {
  RECORDING_SINK: z
    .string()
    .regex(
      /^(folder:.+|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9._/-]*)?)$/,
      'folder:<path> or s3://<bucket>/<prefix>',
    )
    .optional(),
  RECORDING_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  RECORDING_S3_REGION: z.string().min(1).default('eu-central-1'),
  RECORDING_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  RECORDING_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
} as const

type Variables = z.infer<z.ZodObject<typeof recordingVariables>>

const keyNames = ['RECORDING_S3_ACCESS_KEY_ID', 'RECORDING_S3_SECRET_ACCESS_KEY'] as const

/** A bucket has both keys or none, and where data may not leave a region, its address. */
export const recordingRule: EnvironmentRule = (env) => {
  if (!env['RECORDING_SINK']?.startsWith('s3:')) return []
  const hasKey = keyNames.some((name) => env[name] !== undefined)
  const keys = hasKey ? keyNames.filter((name) => env[name] === undefined) : []
  const needsEndpoint =
    env['DATA_REGION'] !== undefined && env['RECORDING_S3_ENDPOINT'] === undefined
  return [
    ...keys.map((name) => `${name}: is needed beside the other key`),
    ...(needsEndpoint ? ['RECORDING_S3_ENDPOINT: is needed for RECORDING_SINK=s3://…'] : []),
  ]
}

/** Of variables that were checked; without RECORDING_SINK recordings stay in the agent's own data. */
export function toSinkSettings(set: Variables, { dataDir }: { dataDir: string }): SinkSettings {
  const { RECORDING_SINK = `folder:${join(dataDir, 'recordings')}` } = set
  if (RECORDING_SINK.startsWith('folder:')) {
    return { kind: 'folder', folder: resolve(RECORDING_SINK.slice('folder:'.length)) }
  }
  const { hostname, pathname } = new URL(RECORDING_SINK)
  const prefix = pathname.replace(/^\/+|\/+$/g, '')
  const region = set.RECORDING_S3_REGION
  return {
    kind: 's3',
    endpoint: set.RECORDING_S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`,
    region,
    bucket: hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
    credentials: toKeys(set),
  }
}

function toKeys({
  RECORDING_S3_ACCESS_KEY_ID: accessKeyId,
  RECORDING_S3_SECRET_ACCESS_KEY: secretAccessKey,
}: Variables) {
  return accessKeyId !== undefined && secretAccessKey !== undefined
    ? { accessKeyId, secretAccessKey }
    : undefined
}
