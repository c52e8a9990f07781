/**
 * Opens the microphone with the filters a hands-free call needs: without echo cancellation the agent
 * would hear, and interrupt, itself.
 * @returns {Promise<MediaStreamTrack>}
 * @throws {DOMException | MicrophoneMissing}
 */
export async function openMicrophone() {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneMissing()
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  const [track] = stream.getAudioTracks()
  if (!track) throw new MicrophoneMissing()
  return track
}

class MicrophoneMissing extends Error {
  name = 'MicrophoneMissing'
}

/**
 * What went wrong with the microphone, and what to do; undefined when it was something else.
 * @param {unknown} error
 * @returns {{ title: string, advice: string } | undefined}
 */
export function toMicrophoneTrouble(error) {
  if (!window.isSecureContext) {
    return {
      title: 'The browser offers no microphone on this address',
      advice:
        'Open this page as http://localhost or over https: browsers allow a microphone only there.',
    }
  }
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        title: 'The microphone is blocked',
        advice:
          'Allow it for this page: press the lock or camera sign beside the address, set Microphone to Allow, and call again. If it stays blocked, look in the privacy settings of the system.',
      }
    case 'NotFoundError':
    case 'MicrophoneMissing':
      return {
        title: 'There is no microphone',
        advice: 'Plug one in or switch it on, and call again.',
      }
    case 'NotReadableError':
    case 'AbortError':
      return {
        title: 'The microphone is in use',
        advice: 'Another program or tab holds it. Close that one and call again.',
      }
    default:
      return undefined
  }
}
