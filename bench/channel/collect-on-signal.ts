/** Loaded into a measured orchestrator: SIGUSR2 collects its garbage, so that what is left is what it holds. */
process.on(
  'SIGUSR2',
  () => void globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' }),
)
