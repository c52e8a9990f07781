/** What a colleague whispers to the agent (orchestrator, system-prompt.ts). Rules cannot reword it: it is said as it is. */
export function readHints(system: string): readonly string[] {
  return [...system.matchAll(/^- A colleague tells you, unheard by the caller: "(.+)"$/gm)].flatMap(
    ([, hint]) => hint ?? [],
  )
}
