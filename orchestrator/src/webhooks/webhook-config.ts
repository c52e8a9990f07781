import { z } from 'zod'
import { isAddressRule } from './private-addresses.ts'

/** WEBHOOK_ALLOW_PRIVATE: networks, addresses and host names, separated by commas. */
export const addressRuleList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .pipe(z.array(z.string().refine(isAddressRule, 'networks, addresses or host names, by commas')))

/** The variables a line file may name as `secretEnv`: WEBHOOK_SECRET and those that begin with WEBHOOK_SECRET_. */
export function webhookSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      /^WEBHOOK_SECRET(_[A-Z0-9]+)*$/.test(name) && value ? [[name, value] as const] : [],
    ),
  )
}
