import { connect } from 'node:net'

// 20 keep-alive connections that send the next request when the reply is there, in a process of its own,
// so that the client's work is not on the server's event loop. Written on sockets: node:http's client
// costs more than the server it measures, and would hide the difference.
//
// Arguments: port, path, milliseconds. Sends 'warm' after half that time, then { requests, ms }.

const CONNECTIONS = 20

const [port, path = '/', duration] = process.argv.slice(2)
const request = Buffer.from(`POST ${path}?msg=hello HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n`)
const milliseconds = Number(duration)
let replies = 0

for (let n = 0; n < CONNECTIONS; n += 1) openConnection()

setTimeout(() => {
  process.send?.('warm')
  const before = replies
  const start = performance.now()
  setTimeout(() => {
    process.send?.({ requests: replies - before, ms: performance.now() - start })
    process.disconnect()
    process.exit()
  }, milliseconds)
}, milliseconds / 2)

function openConnection(): void {
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(request))
  socket.setNoDelay(true)
  // Every reply has the length of the connection's first, whose end its body's closing brace tells.
  let replyLength = 0
  let received = 0
  let first = ''
  socket.on('data', (chunk) => {
    received += chunk.length
    if (replyLength === 0) {
      first += chunk.toString('latin1')
      if (!first.endsWith('}')) return
      if (!first.startsWith('HTTP/1.1 200')) throw new Error(`Not the reply that is measured: ${first}`)
      replyLength = first.length
    }
    if (received < replyLength) return
    received -= replyLength
    replies += 1
    socket.write(request)
  })
}
