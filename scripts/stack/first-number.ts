import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const numbered = z.object({ numbers: z.array(z.string()).min(1) })

/**
 * The number to print: the first of the first line, by file name. The orchestrator judges the files; here a
 * wrong one only means that no number can be shown.
 */
export function firstNumber(linesDir: string): string | undefined {
  const files = readdirSync(linesDir).filter((name) => /\.ya?ml$/.test(name))
  for (const file of files.sort()) {
    const line = numbered.safeParse(readYaml(join(linesDir, file)))
    if (line.success) return line.data.numbers[0]
  }
  return undefined
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // the orchestrator names the fault with its line
  }
}
