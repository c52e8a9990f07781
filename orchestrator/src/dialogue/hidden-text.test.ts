import { describe, expect, it } from 'vitest'
import { createHiddenTextFilter } from './hidden-text.ts'
import { readLeakedCalls } from './leaked-calls.ts'

function filter(text: string, size: number) {
  const hidden = createHiddenTextFilter()
  let shown = ''
  for (let at = 0; at < text.length; at += size) shown += hidden.push(text.slice(at, at + size))
  shown += hidden.flush()
  return { shown: shown.trim(), calls: readLeakedCalls(hidden.leaked()) }
}

const call = (args: object) => [{ name: 'look_up', arguments: JSON.stringify(args) }]

const cases: readonly [string, string, string, readonly object[]][] = [
  [
    'plain text',
    'We are open, 3 < 4 [sic] and `so` on.',
    'We are open, 3 < 4 [sic] and `so` on.',
    [],
  ],
  ['a thought', '<think>They want a room.</think>Hello.', 'Hello.', []],
  ['a thought in capitals', '<THINK>hm</THINK> Hello.', 'Hello.', []],
  ['a thought that never ends', 'Hello. <think>and so on', 'Hello.', []],
  ['a closing that was never opened', 'Hello. </think>There.', 'Hello. There.', []],
  ['special tokens', 'Hello.<|eot_id|>', 'Hello.', []],
  [
    'leaked markup',
    'One moment. <tool_call>{"name": "look_up", "arguments": {"a": 1}}</tool_call>',
    'One moment.',
    call({ a: 1 }),
  ],
  [
    'leaked markup after a thought',
    '<think>x</think>\n{"name": "look_up", "parameters": {"a": "b"}}',
    '',
    call({ a: 'b' }),
  ],
  ['a call written out', '{"name": "look_up", "parameters": {"a": 1}}', '', call({ a: 1 })],
  ['a list of calls', '[{"name": "look_up", "arguments": "{\\"a\\":1}"}]', '', call({ a: 1 })],
  ['a marked list', '[TOOL_CALLS] [{"name": "look_up", "arguments": {}}]', '', call({})],
  ['a python tag', '<|python_tag|>{"name": "look_up", "parameters": {}}', '', call({})],
  [
    'tags for parameters',
    '<tool_call>\n<function=look_up>\n<parameter=a>\nb\n</parameter>\n</function>\n</tool_call>',
    '',
    call({ a: 'b' }),
  ],
  ['a code block', 'Here: ```json\n{"a": 1}\n``` done', 'Here:  done', []],
  ['a broken call', '<tool_call>{"name": "look_</tool_call>Sorry.', 'Sorry.', []],
]

describe('createHiddenTextFilter', () => {
  for (const [what, text, shown, calls] of cases) {
    it(`speaks only what is for ears: ${what}, however it is split`, () => {
      for (const size of [1, 2, 3, 5, 8, 1000]) {
        expect({ size, ...filter(text, size) }).toEqual({ size, shown, calls })
      }
    })
  }

  it('holds back no more than what may be a mark', () => {
    const hidden = createHiddenTextFilter()
    expect(hidden.push('Hello there')).toBe('Hello there')
    expect(hidden.push(' a < b <thi')).toBe(' a < b ')
    expect(hidden.push('rd')).toBe('<third')
  })
})
