import { Room } from '@livekit/rtc-node'

// A process of its own: certificates are read from the environment once.
const [, , url = '', token = ''] = process.argv
const room = new Room()
await room.connect(url, token, { autoSubscribe: false, dynacast: false })
process.stdout.write('joined\n')
process.exit(0)
