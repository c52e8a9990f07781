/** Takes pieces of any length and gives them back in frames of `length` samples; what is left waits. */
export function createFrameCutter(length: number): (pcm: Int16Array) => Int16Array[] {
  let held = new Int16Array()
  return (pcm) => {
    if (held.length === 0 && pcm.length === length) return [pcm]
    const joined = new Int16Array(held.length + pcm.length)
    joined.set(held)
    joined.set(pcm, held.length)
    const whole = Math.floor(joined.length / length)
    held = joined.slice(whole * length)
    return Array.from({ length: whole }, (_, index) =>
      joined.subarray(index * length, (index + 1) * length),
    )
  }
}
