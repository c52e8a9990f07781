import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { recordingRule, recordingVariables, toSinkSettings } from './sink-settings.ts'

const read = (env: Record<string, string>) =>
  toSinkSettings(z.object(recordingVariables).parse(env), { dataDir: '/data' })
const keys = { RECORDING_S3_ACCESS_KEY_ID: 'id', RECORDING_S3_SECRET_ACCESS_KEY: 'secret' }

describe('where recordings go', () => {
  it.each([
    [{}, { kind: 'folder', folder: '/data/recordings' }],
    [{ RECORDING_SINK: 'folder:/mnt/calls' }, { kind: 'folder', folder: '/mnt/calls' }],
    [
      { RECORDING_SINK: 's3://calls/a/b/', ...keys },
      {
        kind: 's3',
        bucket: 'calls',
        prefix: 'a/b/',
        endpoint: 'https://s3.eu-central-1.amazonaws.com',
      },
    ],
    [
      { RECORDING_SINK: 's3://calls', RECORDING_S3_ENDPOINT: 'http://minio:9000', ...keys },
      { kind: 's3', bucket: 'calls', prefix: '', endpoint: 'http://minio:9000' },
    ],
  ])('is read from %o', (env, settings) => {
    expect(read(env)).toMatchObject(settings)
  })

  it.each(['calls', 'ftp://x', 's3://', 'folder:'])('is not %s', (sink) => {
    expect(() => read({ RECORDING_SINK: sink })).toThrow('folder:<path> or s3://<bucket>/<prefix>')
  })

  it('needs both keys of a bucket or none, and its address where data may not leave a region', () => {
    const sink = { RECORDING_SINK: 's3://calls' }
    expect(recordingRule(sink)).toEqual([])
    expect(recordingRule({ ...sink, RECORDING_S3_ACCESS_KEY_ID: 'id' })).toEqual([
      'RECORDING_S3_SECRET_ACCESS_KEY: is needed beside the other key',
    ])
    expect(read({ ...sink, ...keys })).toMatchObject({
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    })
    expect(read(sink)).toMatchObject({ credentials: undefined })
    expect(recordingRule({ ...sink, ...keys })).toEqual([])
    expect(recordingRule({ ...sink, ...keys, DATA_REGION: 'eu' })).toEqual([
      'RECORDING_S3_ENDPOINT: is needed for RECORDING_SINK=s3://…',
    ])
    expect(recordingRule({ RECORDING_SINK: 'folder:/x', DATA_REGION: 'eu' })).toEqual([])
  })
})
