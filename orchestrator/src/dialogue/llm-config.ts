/** The model server and how it is asked. Durations are milliseconds. */
export interface LlmConfig {
  /** LLM_SERVICE_URL, with the version: `http://…/v1`. */
  readonly url: string
  /** LLM_MODEL */
  readonly model: string
  /** LLM_API_KEY: sent as a bearer token; without it no Authorization header is sent. */
  readonly apiKey?: string | undefined
  /** LLM_TEMPERATURE; not sent when unset, so that the server's default holds. */
  readonly temperature?: number | undefined
  /** LLM_MAX_TOKENS per model call; not sent when unset. */
  readonly maxTokens?: number | undefined
  /** LLM_SYSTEM_PROMPT: goes before persona, language and date instead of the built-in text. */
  readonly systemPrompt?: string | undefined
  readonly timeouts?: Partial<LlmTimeouts> | undefined
}

export interface LlmTimeouts {
  /** The whole turn, tools and retries included. */
  readonly turnMs: number
  /** From a request to its first content. */
  readonly firstTokenMs: number
  /** Between two pieces of a stream. */
  readonly stallMs: number
  /** One tool. */
  readonly toolMs: number
}

export const defaultLlmTimeouts: LlmTimeouts = {
  turnMs: 30_000,
  firstTokenMs: 8000,
  stallMs: 5000,
  toolMs: 8000,
}
