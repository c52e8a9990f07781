import { readFileSync } from 'node:fs'

export interface SecretFiles {
  readonly values: Readonly<Record<string, string>>
  /** One line for each variable that could not be read; no value is repeated. */
  readonly faults: readonly string[]
}

const suffix = '_FILE'
/** A certificate chain is the largest secret there is. */
const maxBytes = 1024 * 1024

/**
 * `NAME_FILE` gives the value of `NAME` from a file, as Docker and Kubernetes mount secrets. One newline at the
 * file's end is not part of it. A name of `names` that ends in `_FILE` itself means a path and is left alone.
 */
export function readSecretFiles(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SecretFiles {
  const values: Record<string, string> = {}
  const faults: string[] = []
  for (const name of names) {
    const fileName = `${name}${suffix}`
    const path = env[fileName]
    if (path === undefined || path === '' || names.includes(fileName)) continue
    if (env[name] !== undefined && env[name] !== '') {
      faults.push(`${name} and ${fileName} are both set: give one of them`)
      continue
    }
    const read = readSecret(path)
    if ('fault' in read) faults.push(`${fileName}: ${read.fault}`)
    else values[name] = read.value
  }
  return { values, faults }
}

function readSecret(path: string): { readonly value: string } | { readonly fault: string } {
  try {
    const bytes = readFileSync(path)
    if (bytes.length > maxBytes) return { fault: `the file is larger than ${maxBytes} bytes` }
    const value = bytes.toString('utf8').replace(/\r?\n$/, '')
    return value === '' ? { fault: 'the file is empty' } : { value }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { fault: `the file cannot be read (${code})` }
  }
}
