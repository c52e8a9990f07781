import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readEnvironment } from '@trunkline/runtime'
import { z } from 'zod'
import type { Environment } from '../settings/settings.ts'

const secretsSchema = z.object({
  livekitApiKey: z.string().min(1),
  livekitApiSecret: z.string().min(32),
  agentToken: z.string().min(16),
  operatorToken: z.string().min(16),
  sipUsername: z.string().min(1),
  sipPassword: z.string().min(12),
})
export type Secrets = z.infer<typeof secretsSchema>

/** Tokens of the user's own, here or in the files that `AGENT_TOKEN_FILE` and `OPERATOR_TOKEN_FILE` name. */
const ownTokens = z.object({
  AGENT_TOKEN: z.string().optional(),
  OPERATOR_TOKEN: z.string().optional(),
})

/**
 * The stack's keys: made at its first start, the same ones ever after. Settings win for the tokens.
 * @throws when the file is there and is not what was written
 * @throws {ConfigError} when a token's file cannot be read, or it is given twice
 */
export function readOrCreateSecrets(file: string, settings: Environment): Secrets {
  const own = readEnvironment(ownTokens, settings)
  const stored = existsSync(file) ? read(file) : create(file)
  return {
    ...stored,
    agentToken: own.AGENT_TOKEN ?? stored.agentToken,
    operatorToken: own.OPERATOR_TOKEN ?? stored.operatorToken,
  }
}

function read(file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} is damaged; remove it, and new keys are made`, { cause })
  }
}

function create(file: string): Secrets {
  const secrets: Secrets = {
    livekitApiKey: 'trunkline',
    livekitApiSecret: randomBytes(32).toString('hex'),
    agentToken: randomBytes(24).toString('base64url'),
    operatorToken: randomBytes(24).toString('base64url'),
    sipUsername: 'caller',
    sipPassword: createSipPassword(),
  }
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return secrets
}

/** To be typed into a telephone: 16 letters and digits that cannot be mistaken, 79 bits. */
function createSipPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}
