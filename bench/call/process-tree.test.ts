import { expect, it } from 'vitest'
import { parseUdpTable } from './process-tree.ts'

it('reads ports and inodes of the kernel’s table and skips its head', () => {
  const table = [
    '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    '  112: 0100007F:2710 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 81234 2 0000000000000000 0',
    ' 9044: 00000000:FDE9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 99 2 0000000000000000 0',
    '',
  ].join('\n')
  expect(parseUdpTable(table)).toEqual([
    { port: 10_000, inode: '81234' },
    { port: 65_001, inode: '99' },
  ])
})
