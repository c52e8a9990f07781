/** One thing wrong in a file; `line` and `column` count from 1. */
export interface FileFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path of the field with dots, empty for the file as a whole. */
  readonly field: string
  readonly message: string
}

/** Lines or hotel files that cannot be used, with every fault; `message` is ready to print. */
export class LineError extends Error {
  override readonly name = 'LineError'
  readonly faults: readonly FileFault[]

  constructor(faults: readonly FileFault[]) {
    super(['the lines are not right:', ...faults.map(formatFault)].join('\n'))
    this.faults = faults
  }
}

/** `file:line:column field: message` */
export function formatFault({ file, line, column, field, message }: FileFault): string {
  return `${file}:${line}:${column} ${field === '' ? '' : `${field}: `}${message}`
}
