/** First night is `checkIn`, last night the day before `checkOut`; both are 'YYYY-MM-DD'. */
export interface Stay {
  readonly checkIn: string
  readonly checkOut: string
}

const dayMs = 86_400_000

/** The nights of a stay, oldest first; none when it ends before it begins. */
export function nightsOf({ checkIn, checkOut }: Stay): readonly string[] {
  const nights: string[] = []
  const end = Date.parse(checkOut)
  for (let day = Date.parse(checkIn); day < end; day += dayMs) {
    nights.push(new Date(day).toISOString().slice(0, 10))
  }
  return nights
}
