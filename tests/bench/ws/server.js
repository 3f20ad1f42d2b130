// SPDX-License-Identifier: GPL-3.0-or-later

// npm's ws doing what socket-echo does, with the same limits: server.js. It says "listening PORT" and goes when its standard input ends.

const { WebSocketServer } = require('ws')

const wss = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 512,
  path: '/socket',
  maxPayload: 64 * 1024,
  perMessageDeflate: false,
  verifyClient: ({ origin }) => origin === 'https://shop.example'
})
let seq = 0

function usage () {
  const { user, system } = process.cpuUsage()
  return { t: 'usage', cpu_us: user + system, rss_kb: Math.round(process.memoryUsage.rss() / 1024), sockets: wss.clients.size }
}

wss.on('connection', socket => {
  socket.on('error', () => {})
  socket.on('message', message => {
    const { t, id, ts, body } = JSON.parse(message)
    socket.send(JSON.stringify(t === 'usage' ? usage() : { t, seq: ++seq, id, ts, body }))
  })
})
wss.on('listening', () => console.log(`listening ${wss.address().port}`))
process.stdin.on('end', () => process.exit(0)).resume()
