import { describe, expect, it } from 'vitest'
import { chooseTool } from './choose.ts'
import { type CommandOutput, readMachine } from './machine.ts'

// Recorded from the commands named; "not tried" machines (macOS, arm64, docker) are decided by these alone.
const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n'
const ubuntu = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
const mint = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'
const fedora = 'NAME="Fedora Linux"\nID=fedora\n'
const apt = { 'apt-get --version': 'apt 2.6.1 (amd64)' }
const go126 = { 'go version': 'go version go1.26.8 linux/amd64' }
const go119 = { 'go version': 'go version go1.19.8 linux/amd64' }
const brew = { 'brew --version': 'Homebrew 5.1.0' }
const daemon = { 'docker info --format {{.ServerVersion}}': '28.2.2\n' }
const noDaemon = { 'docker info --format {{.ServerVersion}}': '\n' }

interface Given {
  readonly platform?: NodeJS.Platform
  readonly arch?: string
  readonly userId?: number
  readonly osRelease?: string
  readonly commands?: Readonly<Record<string, string>>
}

function machine(given: Given) {
  const { platform = 'linux', arch = 'x64', userId = 0, osRelease = '', commands = {} } = given
  const run = (...words: string[]): CommandOutput => {
    const stdout = commands[words.join(' ')]
    return { ok: stdout !== undefined, stdout: stdout ?? '', stderr: '' }
  }
  return readMachine({ platform, arch, userId, osRelease, run })
}

const absent = { path: undefined }

describe('readMachine', () => {
  it.each([
    ['Debian', debian, true],
    ['Ubuntu', ubuntu, true],
    ['Mint', mint, true],
    ['Fedora', fedora, false],
  ])('knows whether %s has apt-get', (_name, osRelease, hasApt) => {
    expect(machine({ osRelease, commands: apt }).hasApt).toBe(hasApt)
  })

  it('takes docker for working only when its daemon answers', () => {
    expect(machine({ commands: daemon }).hasDocker).toBe(true)
    expect(machine({ commands: noDaemon }).hasDocker).toBe(false)
    expect(machine({}).hasDocker).toBe(false)
  })
})

describe('chooseTool', () => {
  it('uses what is there', () => {
    expect(chooseTool('redis-server', { path: '/bin/redis-server' }, machine({}))).toEqual({
      tool: 'redis-server',
      kind: 'use',
      path: '/bin/redis-server',
    })
  })

  it('installs redis and espeak-ng with apt-get as root on Debian and Ubuntu', () => {
    for (const osRelease of [debian, ubuntu]) {
      const root = machine({ osRelease, commands: apt })
      expect(chooseTool('redis-server', absent, root)).toMatchObject({
        kind: 'apt',
        packages: ['redis-server'],
      })
      expect(chooseTool('espeak-ng', absent, root)).toMatchObject({ kind: 'apt' })
    }
  })

  it('says what to type when apt-get needs another user', () => {
    const user = machine({ osRelease: debian, userId: 1000, commands: apt })
    expect(chooseTool('redis-server', absent, user)).toEqual({
      tool: 'redis-server',
      kind: 'missing',
      isRequired: true,
      sentence:
        'redis-server is missing. To get it: sudo apt-get install redis-server; or start docker and try again, which runs it in a container.',
    })
  })

  it('builds livekit-server with Go 1.26 or newer, on x64 and arm64', () => {
    for (const arch of ['x64', 'arm64']) {
      expect(chooseTool('livekit-server', absent, machine({ arch, commands: go126 }))).toEqual({
        tool: 'livekit-server',
        kind: 'go',
        package: 'github.com/livekit/livekit-server/cmd/server@v1.13.5',
      })
    }
  })

  it('runs livekit-server in a container where Go is too old, and says so where there is none', () => {
    const commands = { ...go119, ...daemon }
    expect(chooseTool('livekit-server', absent, machine({ commands }))).toMatchObject({
      kind: 'docker',
      image: 'livekit/livekit-server:v1.13.5',
    })
    const choice = chooseTool('livekit-server', absent, machine({ commands: go119 }))
    expect(choice).toMatchObject({ kind: 'missing', isRequired: true })
    expect(choice).toMatchObject({ sentence: expect.stringContaining('Go 1.26 or newer') })
  })

  it('takes everything but livekit-sip from brew on macOS', () => {
    const mac = machine({ platform: 'darwin', arch: 'arm64', userId: 501, commands: brew })
    expect(chooseTool('redis-server', absent, mac)).toMatchObject({ formula: 'redis' })
    expect(chooseTool('livekit-server', absent, mac)).toMatchObject({ formula: 'livekit' })
    expect(chooseTool('espeak-ng', absent, mac)).toMatchObject({ formula: 'espeak-ng' })
    expect(chooseTool('livekit-sip', absent, mac)).toMatchObject({ kind: 'missing' })
  })

  it('goes on without livekit-sip and says what stands in for it', () => {
    const choice = chooseTool('livekit-sip', absent, machine({ osRelease: debian, commands: apt }))
    expect(choice).toMatchObject({ kind: 'missing', isRequired: false })
    expect(choice).toMatchObject({
      sentence: expect.stringMatching(/a stand-in takes the telephone calls .*on PATH.*docker/),
    })
    expect(chooseTool('livekit-sip', absent, machine({ commands: daemon }))).toMatchObject({
      kind: 'docker',
      image: 'livekit/sip:v1.11.0',
    })
  })

  it("installs livekit-sip's libraries where the program is there without them", () => {
    const finding = { path: '/opt/livekit-sip', lacksLibraries: true }
    expect(
      chooseTool('livekit-sip', finding, machine({ osRelease: debian, commands: apt })),
    ).toMatchObject({
      kind: 'apt',
      packages: ['libopus0', 'libopusfile0', 'libsoxr0'],
      path: '/opt/livekit-sip',
    })
    const user = machine({ osRelease: debian, userId: 1000, commands: apt })
    expect(chooseTool('livekit-sip', finding, user)).toMatchObject({
      sentence: expect.stringContaining('sudo apt-get install libopus0 libopusfile0 libsoxr0'),
    })
  })
})
