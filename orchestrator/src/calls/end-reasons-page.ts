import { type EndReason, endReason } from '@trunkline/contracts'
import { endReasons } from './end-reason.ts'

const faultTitles = {
  caller: 'The caller',
  us: 'Us',
  provider: 'A provider',
  carrier: 'The carrier',
} as const

/** The text of docs/end-reasons.md. */
export function toEndReasonsPage(): string {
  const sections = (['caller', 'us', 'provider', 'carrier'] as const).map((fault) => {
    const rows = endReason.options.filter((reason) => endReasons[reason].fault === fault)
    return `## ${faultTitles[fault]}\n\n| reason | state | meaning |\n|---|---|---|\n${rows.map(toRow).join('')}`
  })
  return `${head}\n${sections.join('\n')}`
}

const head = `# End reasons

Every call ends with exactly one of these, by whose doing it was. It is in the call's record, in its
\`call-ended\` event, in the owner's webhook and a label of \`calls_total\`. A call that did not come to its own
end has the state \`failed\`.

Generated from orchestrator/src/calls/end-reason.ts; a test compares.
\`UPDATE_DOCS=1 npx vitest run --project unit orchestrator/src/calls/end-reasons-page.test.ts\` writes it.
`

function toRow(reason: EndReason): string {
  const { isFailure, meaning } = endReasons[reason]
  return `| \`${reason}\` | ${isFailure ? 'failed' : 'ended'} | ${meaning} |\n`
}
