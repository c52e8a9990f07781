// Numbers that the German regulator keeps for fiction: nothing rings there.

/** A number that no line has. */
export const unknownNumber = '+494066969555'

/** One who calls and is refused. */
export const strangerNumber = '+493023125777'
