import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stack } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { startProcess } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../../orchestrator/src/database/database.ts'
import { appendAudit } from '../../../orchestrator/src/records/audit.ts'
import { createReceiptSigner } from '../../../orchestrator/src/records/receipt.ts'
import { repositoryRoot } from '../../paths.ts'
import { recordProcess, writeRecord } from '../../stack/run-record.ts'

const logger = createLogger('test', { level: 'silent' })
const signer = createReceiptSigner('a secret of thirty-two characters')
const receipt = {
  ...{ receiptId: 'r-1', at: 1_795_000_000_000, subject: 'hash', calls: 1, effects: 0 },
  ...{ consents: 0, webhooks: 0, recordings: [], kept: [] },
}

describe('./trunkline audit', () => {
  let folder: string
  const file = (name: string) => join(folder, name)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-command-'))
    await writeFile(file('env'), '')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** The command with a run folder of its own, and no settings. */
  const audit = async (...args: readonly string[]) => {
    const { PATH } = process.env
    const env = { PATH, TRUNKLINE_RUN_DIR: folder, TRUNKLINE_ENV_FILE: file('env') }
    const cli = join(repositoryRoot, 'scripts/cli.ts')
    const started = startProcess(process.execPath, [cli, 'audit', ...args], { env })
    const code = await new Promise((resolve) => started.child.once('close', resolve))
    return { code, text: started.output() }
  }
  const withDatabase = async (work: (database: Database) => Promise<unknown>) => {
    const database = await openDatabase({ dataDir: file('data'), logger })
    try {
      await work(database)
    } finally {
      await database.close()
    }
  }

  it('verify tells of a whole chain how long it is, of a broken one its first faulty row', async () => {
    const none = await audit('verify')
    expect(none).toMatchObject({ code: 3, text: expect.stringContaining('no audit yet') })

    await withDatabase(async ({ client }) => {
      const entry = { at: 1_795_000_000_000, actor: 'operator:a', action: 'hangup', target: 'c' }
      for (let n = 0; n < 5; n += 1) await appendAudit(client, { ...entry, detail: { n } })
      const inUse = await audit('verify')
      expect(inUse).toMatchObject({ code: 3, text: expect.stringContaining('open') })
      expect(inUse.text).toContain('end the stack with "./trunkline down"')
    })
    const whole = await audit('verify')
    expect(whole.text).toContain('the audit chain is whole: 5 rows\n')
    expect(whole.code).toBe(0)
    const [, head = ''] = /^head (5:[0-9a-f]{64})$/m.exec(whole.text) ?? []
    expect(await audit('verify', '--head', head)).toEqual(whole)

    await withDatabase(async ({ client }) => {
      await client.execute('alter table audit disable trigger user')
      await client.execute(`update audit set actor = 'operator:b' where seq in (2, 4)`)
    })
    const broken = await audit('verify')
    expect(broken.text).toContain('is broken, first at row 2: changed\nrow 4: changed\n')
    expect(broken.code).toBe(1)
    const other = await audit('verify', '--head', head.replace('5:', '9:'))
    expect(other.text).toContain('row 5: cut-off')
    expect(await audit('verify', '--head', 'last')).toMatchObject({ code: 2 })
  }, 90_000)

  it('receipt tells a genuine one from a changed one, by a key in a file', async () => {
    const signed = await signer.sign(receipt)
    const forged = await createReceiptSigner('another secret, as long as that').sign(receipt)
    await writeFile(file('answer.json'), JSON.stringify({ receipt, signed }))
    await writeFile(file('forged'), `${forged}\n`)
    await writeFile(file('keys.json'), JSON.stringify({ keys: [await signer.publicJwk()] }))
    const key = ['--key', file('keys.json')]
    const genuine = await audit('receipt', file('answer.json'), ...key)
    expect(genuine).toMatchObject({ code: 0, text: expect.stringContaining('is genuine') })
    expect(genuine.text).toContain('"receiptId": "r-1"')
    expect(await audit('receipt', file('forged'), ...key)).toMatchObject({ code: 1 })
    const missing = await audit('receipt', file('nothing'), ...key)
    expect(missing).toMatchObject({ code: 2, text: expect.stringContaining('no receipt in') })
  })

  it('receipt asks the running stack for the key when no file is named', async () => {
    await writeFile(file('signed'), await signer.sign(receipt))
    const nobody = await audit('receipt', file('signed'))
    expect(nobody).toMatchObject({ code: 3, text: expect.stringContaining('no stack runs') })

    const keys = JSON.stringify({ keys: [await signer.publicJwk()] })
    const orchestrator = createServer((request, response) => {
      const isKnown = request.headers.authorization === 'Bearer operator'
      const isKey = isKnown && request.url === '/v1/erasures/key'
      response.writeHead(isKey ? 200 : 404).end(isKey ? keys : '')
    })
    await new Promise<void>((resolve) => orchestrator.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void orchestrator.close())
    const address = orchestrator.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const supervisor = recordProcess('supervisor', process.pid)
    if (!supervisor) throw new Error('this process is not known')
    writeRecord(file('processes.json'), { supervisor, parts: [], containers: [] })
    await writeFile(file('stack.json'), JSON.stringify(stackAt(`http://127.0.0.1:${port}`)))
    const asked = await audit('receipt', file('signed'))
    expect(asked).toMatchObject({ code: 0, text: expect.stringContaining('is genuine') })
  })
})

function stackAt(orchestrator: string): Stack {
  const none = 'unused'
  return {
    livekit: { url: none, apiKey: none, apiSecret: none },
    urls: {
      ...{ orchestrator, asrProxy: none, asrProxyGrpc: none, ttsRouter: none, speech: none },
      ...{ speechGrpc: none, llm: none, agentHealth: none, agentMetrics: none, redis: none },
    },
    tokens: { agent: none, operator: 'operator' },
    processes: [],
  }
}
