/** A value a tool's property may have, and what it is called where that is told. */
export interface Choice {
  readonly value: string
  readonly name: string
}

const listed = /\b(?:one of|any of|either of|possible values|values|options)\b:?\s+([^.;\n]+)/i
const part = /^["'`]?([^"'`()]+?)["'`]?\s*(?:\(([^)]*)\))?$/

/** What a property allows: its enum, else what its description lists ("one of: a (name of a), b"). */
export function readChoices(values: readonly string[], description: string): Choice[] {
  if (values.length > 0) return values.map((value) => ({ value, name: value }))
  const list = listed.exec(description)?.[1]
  if (list === undefined) return []
  return list
    .split(/,\s*(?![^(]*\))|\s+or\s+/)
    .map((one) => part.exec(one.trim()))
    .flatMap((found) => {
      const value = found?.[1]?.trim()
      return value ? [{ value, name: found?.[2]?.trim() || value }] : []
    })
}
