import { placeCall } from './call.js'
import { openMicrophone, toMicrophoneTrouble } from './microphone.js'
import { createTranscript } from './transcript.js'

const byId = (id) => document.getElementById(id)
const phone = byId('phone')
const callButton = byId('call')
const muteButton = byId('mute')
const hangUpButton = byId('hang-up')
const transcript = createTranscript(byId('transcript'))

const statusTexts = {
  idle: 'Ready to call',
  connecting: 'Connecting…',
  ringing: 'Ringing…',
  active: 'In call',
  ended: 'Call ended',
  error: 'The call did not work',
}

let call
let timer
let isMuted = false

function show(state, text = statusTexts[state]) {
  const hadFocus = document.activeElement instanceof HTMLButtonElement
  phone.dataset.state = state
  byId('status').textContent = text
  const isBusy = state === 'connecting' || state === 'ringing' || state === 'active'
  callButton.hidden = isBusy
  callButton.textContent = state === 'idle' ? 'Call' : 'Call again'
  hangUpButton.hidden = !isBusy
  hangUpButton.disabled = state === 'connecting'
  muteButton.hidden = state !== 'active'
  if (hadFocus && isBusy) hangUpButton.focus()
  else if (hadFocus) callButton.focus()
}

function showTrouble(trouble) {
  byId('trouble').hidden = !trouble
  byId('trouble-title').textContent = trouble?.title ?? ''
  byId('trouble-advice').textContent = trouble?.advice ?? ''
}

function startTimer() {
  const startedAt = performance.now()
  const tick = () => {
    const seconds = Math.floor((performance.now() - startedAt) / 1000)
    const rest = String(seconds % 60).padStart(2, '0')
    byId('timer').textContent = `${Math.floor(seconds / 60)}:${rest}`
  }
  tick()
  timer = setInterval(tick, 1000)
}

function showMuted() {
  muteButton.setAttribute('aria-pressed', String(isMuted))
  muteButton.textContent = isMuted ? 'Unmute' : 'Mute'
}

function onState(state, reason) {
  if (state === 'active') startTimer()
  if (state !== 'ended') {
    show(state)
    return
  }
  clearInterval(timer)
  call = undefined
  isMuted = false
  showMuted()
  show('ended')
  if (reason) showTrouble({ title: 'The call has ended', advice: reason })
}

async function startCall() {
  showTrouble()
  transcript.clear()
  byId('timer').textContent = ''
  show('connecting')
  let microphone
  try {
    microphone = await openMicrophone()
    const listener = { onState, onSegment: transcript.show }
    call = await placeCall({ microphone, audio: byId('audio'), listener })
  } catch (error) {
    microphone?.stop()
    clearInterval(timer)
    const trouble = microphone ? undefined : toMicrophoneTrouble(error)
    show('error')
    showTrouble(
      trouble ?? {
        title: 'No connection',
        advice: `${error instanceof Error ? error.message : 'Something went wrong'}. Is the stack running? ./trunkline status tells.`,
      },
    )
  }
}

callButton.addEventListener('click', () => void startCall()) // reports its own failure

hangUpButton.addEventListener('click', () => call?.hangUp())

async function toggleMute() {
  isMuted = !isMuted
  showMuted()
  try {
    await call?.setMuted(isMuted)
  } catch {
    isMuted = !isMuted // the button must not claim what did not happen
    showMuted()
  }
}

muteButton.addEventListener('click', () => void toggleMute()) // reports its own failure

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') call?.hangUp()
})

show('idle')
