import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files in the order of their names; what looks through the logs of all calls comes after them. */
export class LogsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('e2e/logs.test.ts') ? `~${moduleId}` : moduleId
    return files.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
  }
}
