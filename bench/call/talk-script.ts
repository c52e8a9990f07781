/** Questions of which each is a turn, answered from what the hotel says of itself. */
const questions = [
  'What time is breakfast?',
  'Do you have a parking lot?',
  'Is there a swimming pool?',
  'What time is check-in?',
]

/** What a caller asks, `count` questions, beginning anywhere: callers who talk at once ask different ones. */
export function draftQuestions(random: () => number, count: number): readonly string[] {
  const from = Math.floor(random() * questions.length)
  return Array.from({ length: count }, (_, at) => questions[(from + at) % questions.length] ?? '')
}
