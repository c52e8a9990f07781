import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ProcessEntry {
  readonly pid: number
  readonly command: string
  /** Time on a processor so far, in clock ticks of 10 ms. */
  readonly cpuTicks: number
}

/** Direct children of a process; empty where there is no /proc. */
export function childrenOf(pid: number): readonly ProcessEntry[] {
  return allPids().flatMap((candidate) => {
    const stat = readStat(candidate)
    if (stat?.parent !== pid) return []
    const command = read(`/proc/${candidate}/cmdline`)?.replaceAll('\0', ' ') ?? ''
    return [{ pid: candidate, command, cpuTicks: stat.cpuTicks }]
  })
}

/** Resident memory, shared pages counted in proportion; kB. */
export function memoryKb(pid: number): number | undefined {
  const rollup = read(`/proc/${pid}/smaps_rollup`)
  const pss = /^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1]
  // Another user's process shows its RSS only.
  const rss = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  const value = pss ?? rss
  return value === undefined ? undefined : Number(value)
}

/** Local UDP ports a process holds open; undefined where that cannot be read. */
export function udpPortsOf(pid: number): readonly number[] | undefined {
  const tables = [read(`/proc/${pid}/net/udp`), read(`/proc/${pid}/net/udp6`)]
  const inodes = socketInodes(pid)
  if (tables[0] === undefined || !inodes) return undefined
  return tables
    .flatMap((table) => parseUdpTable(table ?? ''))
    .filter(({ inode }) => inodes.has(inode))
    .map(({ port }) => port)
}

/** Rows of /proc/net/udp: `sl local_address rem_address st queues tr:when retrnsmt uid timeout inode …`. */
export function parseUdpTable(table: string): readonly { port: number; inode: string }[] {
  return table.split('\n').flatMap((row) => {
    const fields = row.trim().split(/\s+/)
    const port = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16)
    const inode = fields[9]
    return Number.isNaN(port) || inode === undefined ? [] : [{ port, inode }]
  })
}

function socketInodes(pid: number): ReadonlySet<string> | undefined {
  try {
    const folder = `/proc/${pid}/fd`
    const links = readdirSync(folder).map((name) => readLink(`${folder}/${name}`))
    return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
  } catch {
    return undefined // gone, another user's, or no /proc
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return '' // closed since the folder was listed
  }
}

/** The command's name may hold blanks and parentheses; what follows the last one does not. */
function readStat(pid: number) {
  const text = read(`/proc/${pid}/stat`)
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (!fields) return undefined
  return { parent: Number(fields[1]), cpuTicks: Number(fields[11]) + Number(fields[12]) }
}

function allPids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return [] // macOS
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // ended since it was listed, or no /proc
  }
}
