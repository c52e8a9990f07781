export * from './missing-part.ts'
export * from './needs.ts'
export * from './postgres.ts'
export * from './redis.ts'
