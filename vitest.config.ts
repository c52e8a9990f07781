import { defineConfig } from 'vitest/config'
import { LogsLast } from './scripts/testing/logs-last.ts'
import { createSummaryReporter } from './scripts/testing/reporter.ts'

const exclude = ['**/node_modules/**', '**/dist/**']

// biome-ignore lint/style/noProcessEnv: vitest reads its configuration itself, so there is no main.ts
const totalsFile = process.env['TRUNKLINE_TEST_TOTALS']

export default defineConfig({
  test: {
    reporters: ['default', createSummaryReporter({ totalsFile })],
    sequence: { sequencer: LogsLast },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...exclude, 'scripts/**/test/**'],
        },
      },
      {
        test: {
          name: 'service',
          include: [
            '*/test/**/*.test.ts',
            'packages/*/test/**/*.test.ts',
            'standins/*/test/**/*.test.ts',
            'scripts/*/test/**/*.test.ts',
          ],
          exclude,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // They wait more than they compute: on two cores vitest would run one file at a time.
          maxWorkers: 2,
          // The default of a second is soon gone on a busy machine; what never comes fails all the same.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/global-setup.ts'],
          // rtc-node writes debug lines to standard output otherwise.
          env: { NODE_ENV: 'production' },
          exclude,
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
