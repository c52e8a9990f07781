import { describe, expect, it } from 'vitest'
import { chooseAudioPrograms } from './microphone.ts'

const choose = (present: readonly string[], platform: NodeJS.Platform = 'linux') => {
  const { recorder, player } = chooseAudioPrograms((name) => present.includes(name), platform)
  const line = (program: typeof player) => program && [program.program, ...program.args].join(' ')
  return { recorder: line(recorder), player: line(player) }
}

describe('chooseAudioPrograms', () => {
  it('takes ALSA’s own programs first', () => {
    expect(choose(['ffmpeg', 'sox', 'arecord', 'aplay'])).toEqual({
      recorder: 'arecord -q -t raw -f S16_LE -r 8000 -c 1',
      player: 'aplay -q -t raw -f S16_LE -r 8000 -c 1',
    })
  })

  it('takes sox in both directions', () => {
    expect(choose(['sox'])).toEqual({
      recorder: 'sox -q -d -t raw -r 8000 -c 1 -e signed-integer -b 16 -',
      player: 'sox -q -t raw -r 8000 -c 1 -e signed-integer -b 16 - -d',
    })
  })

  it('takes ffmpeg with the device of the platform, and does without a player', () => {
    expect(choose(['ffmpeg'])).toEqual({
      recorder: 'ffmpeg -loglevel error -f alsa -i default -ar 8000 -ac 1 -f s16le -',
      player: undefined,
    })
    expect(choose(['ffmpeg'], 'darwin').recorder).toContain('-f avfoundation -i :0')
  })

  it('says what to install when nothing records', () => {
    expect(() => choose(['aplay'])).toThrow('arecord (package alsa-utils), sox or ffmpeg')
  })
})
