import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Line, line as lineSchema, toDialled } from '@trunkline/contracts'
import { type HotelData, hotelData } from '../hotel/hotel-data.ts'
import type { FileFault } from './line-error.ts'
import { readYamlFile } from './yaml-file.ts'

/** A line with the hotel file it names. */
export interface LoadedLine {
  readonly file: string
  readonly line: Line
  readonly hotel: HotelData
}

export interface LinesRead {
  readonly loaded: readonly LoadedLine[]
  readonly faults: readonly FileFault[]
  /** Every line file there is, good or bad. */
  readonly files: readonly string[]
  /** All that was read: when it is equal, nothing has changed. */
  readonly fingerprint: string
}

/** Reads `dir`/*.yaml and the hotel files they name; nothing is thrown, every fault is returned. */
export async function readLines(dir: string): Promise<LinesRead> {
  const faults: FileFault[] = []
  const loaded: LoadedLine[] = []
  const texts: string[] = []
  const files = await lineFiles(dir)
  if (files.length === 0) faults.push(fault(dir, '', 'no line (*.yaml) in this folder'))
  const hotels = new Map<string, HotelData | undefined>()
  for (const file of files) {
    const read = await readYamlFile(lineSchema, file)
    texts.push(file, read.text)
    if (!read.ok) {
      faults.push(...read.faults)
      continue
    }
    const hotelFile = resolve(dir, read.value.hotel.data)
    if (!hotels.has(hotelFile)) {
      const data = await readYamlFile(hotelData, hotelFile)
      texts.push(hotelFile, data.text)
      if (!data.ok) faults.push(...data.faults)
      hotels.set(hotelFile, data.ok ? data.value : undefined)
    }
    const hotel = hotels.get(hotelFile)
    if (hotel) loaded.push({ file, line: read.value, hotel })
  }
  return { loaded, faults, files, fingerprint: JSON.stringify(texts) }
}

/** Faults between files: the same id or number on two lines. */
export function findClashes(loaded: readonly LoadedLine[]): readonly FileFault[] {
  const owners = new Map<string, string>()
  const faults: FileFault[] = []
  for (const { file, line } of loaded) {
    const claims = [
      { key: `id ${line.id}`, field: 'id' },
      ...line.numbers.map((number, index) => ({
        key: `number ${toDialled(number)}`,
        field: `numbers.${index}`,
      })),
    ]
    for (const { key, field } of claims) {
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, file)
      else faults.push(fault(file, field, `is already used in ${owner}`))
    }
  }
  return faults
}

async function lineFiles(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && /^[^.].*\.ya?ml$/.test(entry.name))
      .map((entry) => join(dir, entry.name))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function fault(file: string, field: string, message: string): FileFault {
  return { file, line: 1, column: 1, field, message }
}
