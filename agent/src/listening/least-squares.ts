/**
 * The filter of `taps` taps that best makes `wanted` from `reference`: `wanted[n] ≈ Σ filter[k] · reference[n + k]`.
 * `reference` is longer by `taps - 1`. Undefined where the reference says nothing.
 */
export function fitFilter(
  wanted: Float32Array,
  reference: Float32Array,
  taps: number,
): Float32Array | undefined {
  const length = wanted.length
  const matrix = new Float64Array(taps * taps)
  const right = new Float64Array(taps)
  for (let row = 0; row < taps; row += 1) {
    let cross = 0
    for (let n = 0; n < length; n += 1) cross += (wanted[n] ?? 0) * (reference[n + row] ?? 0)
    right[row] = cross
    // The first row is summed up, the others follow from it by what enters and what leaves.
    for (let column = row; column < taps; column += 1) {
      const value =
        row === 0
          ? correlation(reference, column, length)
          : (matrix[(row - 1) * taps + column - 1] ?? 0) -
            (reference[row - 1] ?? 0) * (reference[column - 1] ?? 0) +
            (reference[row - 1 + length] ?? 0) * (reference[column - 1 + length] ?? 0)
      matrix[row * taps + column] = value
      matrix[column * taps + row] = value
    }
  }
  const power = matrix[0] ?? 0
  if (power <= 0) return undefined
  for (let row = 0; row < taps; row += 1) {
    // Keeps bands that the reference does not have from being made up.
    matrix[row * taps + row] = (matrix[row * taps + row] ?? 0) + 1e-3 * power
  }
  return solve(matrix, right)
}

function correlation(signal: Float32Array, lag: number, length: number): number {
  let sum = 0
  for (let n = 0; n < length; n += 1) sum += (signal[n] ?? 0) * (signal[n + lag] ?? 0)
  return sum
}

/** Gauss elimination; the matrix is symmetric and, by its diagonal, positive. Both are used up. */
function solve(matrix: Float64Array, right: Float64Array): Float32Array {
  const size = right.length
  const at = (row: number, column: number) => matrix[row * size + column] ?? 0
  for (let pivot = 0; pivot < size; pivot += 1) {
    for (let row = pivot + 1; row < size; row += 1) {
      const factor = at(row, pivot) / at(pivot, pivot)
      for (let column = pivot; column < size; column += 1) {
        matrix[row * size + column] = at(row, column) - factor * at(pivot, column)
      }
      right[row] = (right[row] ?? 0) - factor * (right[pivot] ?? 0)
    }
  }
  const solution = new Float32Array(size)
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row] ?? 0
    for (let column = row + 1; column < size; column += 1) {
      sum -= at(row, column) * (solution[column] ?? 0)
    }
    solution[row] = sum / at(row, row)
  }
  return solution
}
