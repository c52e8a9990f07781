// Numbers that the German regulator keeps for fiction: nothing rings there.

/** A number that no line has. */
export const unknownNumber = '+494066969555'

/** One who calls and is refused. */
export const strangerNumber = '+493023125777'

/** Whom we dial, by what becomes of it. */
export const callees = {
  answers: '+4930231250001',
  busy: '+4930231250002',
  declines: '+4930231250003',
  unknown: '+4930231250004',
  silent: '+4930231250005',
  trunkFails: '+4930231250006',
} as const

/** What SIPp calls from. */
export const sippNumber = '+493023125778'
