import { describe, expect, it } from 'vitest'
import { readCommand, UsageError } from './arguments.ts'

const read = (line: string) => readCommand(line.split(' ').filter((word) => word !== ''))

describe('readCommand', () => {
  it.each([
    ['up', { name: 'up', detach: false, portOffset: 0, listen: '127.0.0.1' }],
    [
      'up --detach --port-offset 100 --listen 192.0.2.7',
      { name: 'up', detach: true, portOffset: 100, listen: '192.0.2.7' },
    ],
    ['status', { name: 'status', portOffset: 0, format: 'text' }],
    ['status --json', { name: 'status', portOffset: 0, format: 'json' }],
    ['status --env --port-offset 3', { name: 'status', portOffset: 3, format: 'env' }],
    ['logs agent -f -n 5', { name: 'logs', portOffset: 0, part: 'agent', follow: true, lines: 5 }],
    ['test e2e -t goodbye', { name: 'test', rings: ['e2e'], files: [], pattern: 'goodbye' }],
    [
      'test packages/riva',
      { name: 'test', rings: ['unit', 'service', 'e2e'], files: ['packages/riva'] },
    ],
    ['audit verify', { name: 'audit', action: 'verify', portOffset: 0, head: undefined }],
    [
      'audit verify --head 7:ab --port-offset 3',
      { name: 'audit', action: 'verify', portOffset: 3, head: '7:ab' },
    ],
    [
      'audit receipt a.json --key b.json',
      { name: 'audit', action: 'receipt', portOffset: 0, file: 'a.json', keyFile: 'b.json' },
    ],
    ['clean', { name: 'clean', portOffset: undefined }],
    ['', { name: 'help' }],
    ['--help', { name: 'help' }],
  ])('reads "%s"', (line, command) => {
    expect(read(line)).toMatchObject(command)
  })

  it('leaves the words of call and bench alone, but for the port offset', () => {
    expect(readCommand(['call', '--say', 'no, -5 please', '--port-offset', '7', '--json'])).toEqual(
      {
        name: 'call',
        portOffset: 7,
        rest: ['--say', 'no, -5 please', '--json'],
      },
    )
    expect(read('bench call -n 20 --port-offset=9')).toEqual({
      name: 'bench',
      portOffset: 9,
      rest: ['call', '-n', '20'],
    })
  })

  it.each([
    ['launch', /no command "launch"/],
    ['up --port-offset x', /--port-offset wants/],
    ['up --port-offset 60000', /--port-offset wants/],
    ['up --port-offset=-1', /--port-offset wants/],
    ['up now', /"now" is too much/],
    ['up --detatch', /--detatch/],
    ['down --listen 1', /--listen/],
    ['status --json --env', /ask for one/],
    ['logs -n many', /number of lines/],
    ['audit', /wants "verify" or "receipt FILE"/],
    ['audit verify now', /"now" is too much/],
    ['audit verify --key k', /--key/],
    ['audit receipt', /which receipt/],
    ['audit receipt a b', /"b" is too much/],
    ['call --port-offset', /--port-offset wants/],
  ])('refuses "%s" in words', (line, message) => {
    expect(() => read(line)).toThrow(UsageError)
    expect(() => read(line)).toThrow(message)
  })
})
