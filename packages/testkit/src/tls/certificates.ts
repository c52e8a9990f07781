import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificates {
  /** PEM file of an authority that nobody trusts by default. */
  readonly ca: string
  /** Of another one, which has signed nothing here. */
  readonly otherCa: string
  /** A server's, for the name `localhost` alone. */
  readonly cert: string
  readonly key: string
  remove(): void
}

/** Certificates of the test's own, made by openssl. @throws when openssl is missing */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-tls-'))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  for (const name of ['ca', 'other-ca']) {
    const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2']
    openssl('req', '-x509', ...newKey, ...out, '-subj', `/CN=trunkline test ${name}`)
  }
  openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2']
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-extfile', 'names', '-out', 'server.pem')
  return {
    ...{ ca: file('ca.pem'), otherCa: file('other-ca.pem') },
    ...{ cert: file('server.pem'), key: file('server.key') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
