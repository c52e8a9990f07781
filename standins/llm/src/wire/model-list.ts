/** The name it goes by when none is configured: that of the NIM it stands in for. */
export const defaultModel = 'meta/llama-3.1-8b-instruct'

/** Body of `GET /v1/models`. `created` is in seconds since 1970. */
export function toModelList(model: string, created: number): object {
  return { object: 'list', data: [{ id: model, object: 'model', created, owned_by: 'standin' }] }
}
