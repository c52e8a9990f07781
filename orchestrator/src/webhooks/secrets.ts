import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { WebhookEndpoint } from '@trunkline/contracts'
import { readSecrets } from './signature.ts'

export interface SecretSources {
  /** Environment variables whose name begins with WEBHOOK_SECRET. */
  readonly variables: Readonly<Record<string, string>>
  /** Where the line files lie; a secret's file is named relative to it. */
  readonly linesDir: string
}

/** The keys an endpoint's messages are signed with; undefined when there is no sound secret. Read anew each time. */
export type SecretReader = (endpoint: WebhookEndpoint) => Promise<readonly Buffer[] | undefined>

export function createSecretReader({ variables, linesDir }: SecretSources): SecretReader {
  return async ({ secretEnv, secretFile }) => {
    if (secretEnv !== undefined) return readSecrets(variables[secretEnv] ?? '')
    try {
      return readSecrets(await readFile(resolve(linesDir, secretFile ?? ''), 'utf8'))
    } catch {
      return undefined // a file that cannot be read is a secret that is not there; the endpoint shows it
    }
  }
}
