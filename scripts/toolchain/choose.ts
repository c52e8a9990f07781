import type { Machine } from './machine.ts'
import { type Tool, type ToolName, tools } from './tools.ts'

/** What is known of a tool before anything is obtained. */
export interface Finding {
  /** Undefined when it is neither on PATH nor among the tools of earlier starts. */
  readonly path: string | undefined
  /** A library the program was found to be lacking. */
  readonly lacksLibraries?: boolean
}

export type Choice =
  | { readonly tool: ToolName; readonly kind: 'use'; readonly path: string }
  | {
      readonly tool: ToolName
      readonly kind: 'apt'
      readonly packages: readonly string[]
      /** Set when only its libraries are to be installed. */
      readonly path?: string
    }
  | { readonly tool: ToolName; readonly kind: 'brew'; readonly formula: string }
  | { readonly tool: ToolName; readonly kind: 'go'; readonly package: string }
  | { readonly tool: ToolName; readonly kind: 'docker'; readonly image: string }
  | {
      readonly tool: ToolName
      readonly kind: 'missing'
      readonly isRequired: boolean
      /** What is off and how to get it, in a sentence. */
      readonly sentence: string
    }

/** How each tool is come by on this machine: found, obtained, in a container, or not at all. */
export function chooseTool(name: ToolName, finding: Finding, machine: Machine): Choice {
  const tool = tools[name]
  if (finding.path !== undefined && !finding.lacksLibraries) {
    return { tool: name, kind: 'use', path: finding.path }
  }
  const packages = finding.path === undefined ? tool.apt : tool.libraries
  if (packages && machine.hasApt && machine.isRoot) {
    const path = finding.path === undefined ? {} : { path: finding.path }
    return { tool: name, kind: 'apt', packages, ...path }
  }
  if (tool.go && canBuild(machine, tool.go)) {
    return { tool: name, kind: 'go', package: tool.go.package }
  }
  if (tool.brew && machine.hasBrew) return { tool: name, kind: 'brew', formula: tool.brew }
  if (tool.image && machine.hasDocker) return { tool: name, kind: 'docker', image: tool.image }
  return {
    tool: name,
    kind: 'missing',
    isRequired: tool.without === undefined,
    sentence: missingSentence(tool, finding, machine),
  }
}

function canBuild({ go }: Machine, { minor }: { minor: number }): boolean {
  return go !== undefined && (go.major > 1 || go.minor >= minor)
}

function missingSentence(tool: Tool, finding: Finding, machine: Machine): string {
  const what = finding.lacksLibraries
    ? `${tool.name} lacks shared libraries`
    : `${tool.name} is missing`
  const effect = tool.without ? `${what}: ${tool.without}` : what
  return `${effect}. To get it: ${waysToGet(tool, finding, machine).join('; or ')}.`
}

function waysToGet(tool: Tool, finding: Finding, machine: Machine): readonly string[] {
  const packages = finding.path === undefined ? tool.apt : tool.libraries
  const isMac = machine.platform === 'darwin'
  const ways = [
    isMac && tool.brew && `brew install ${tool.brew}`,
    !isMac && packages && `${sudo(machine)}apt-get install ${packages.join(' ')}`,
    tool.go && `install Go 1.${tool.go.minor} or newer and start again, which builds it`,
    tool.name === 'livekit-sip' &&
      finding.path === undefined &&
      'put the program livekit-sip on PATH (github.com/livekit/sip)',
    tool.image && 'start docker and try again, which runs it in a container',
  ]
  return ways.filter((way) => typeof way === 'string')
}

function sudo({ isRoot }: Machine): string {
  return isRoot ? '' : 'sudo '
}
