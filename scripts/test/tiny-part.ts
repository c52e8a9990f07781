import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

// A part for the supervisor's tests: listens, may start a child that outlives it, dies when asked over HTTP.
const [port = '0', behaviour = 'plain'] = process.argv.slice(2)

let grandchild: number | undefined
if (behaviour === 'grandchild') {
  grandchild = spawn(
    process.execPath,
    ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1e3)'],
    {
      stdio: 'ignore',
    },
  ).pid
}
const signals: string[] = []
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    signals.push(name)
    process.stdout.write(`got ${name}\n`)
    if (behaviour !== 'stubborn') setTimeout(() => process.exit(0), 50)
  })
}
if (behaviour === 'dies-at-start') {
  process.stderr.write('the cable is not plugged in\n')
  process.exit(7)
}
createServer((request, response) => {
  if (request.url === '/die') {
    process.stdout.write('about to fail\n')
    process.exit(3)
  }
  response.writeHead(behaviour === 'never-ready' ? 503 : 200)
  response.end(JSON.stringify({ grandchild, signals }))
}).listen(Number(port), '127.0.0.1')
