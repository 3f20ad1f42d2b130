// SPDX-License-Identifier: GPL-3.0-or-later

// The parser of npm's asterisk-manager with what ami-bench is given: ami-peer.js FILE [MESSAGES]. It parses what its connection hands it, so it gets a
// connection that hands it the recording, in the same pieces.

const fs = require('fs')
const net = require('net')
const EventEmitter = require('events')

const PIECE_BYTES = 16 * 1024
const recording = fs.readFileSync(process.argv[2])
const wanted = Number(process.argv[3] || 100000)
let connection

net.createConnection = () => {
  connection = new EventEmitter()
  for (const name of ['setKeepAlive', 'setNoDelay', 'setEncoding', 'write', 'end']) connection[name] = () => {}
  return connection
}

const manager = require('asterisk-manager')(5038, 'localhost')
let messages = 0
manager.on('rawevent', () => messages++)
manager.setMaxListeners(0)

// What it emits waits for the next turn of its loop, so it gets one after each piece.
function play (start, at, total) {
  if (at >= recording.length) {
    if (messages < wanted) return play(start, 0, total)
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    console.log(`asterisk-manager   ${(messages / seconds).toFixed(0).padStart(8)} messages/s  ${(total / seconds / 1e6).toFixed(1).padStart(6)} MB/s  (${messages} messages)`)
    process.exit(0)
  }
  const piece = recording.subarray(at, at + PIECE_BYTES)
  connection.emit('data', piece.toString('utf-8'))
  setImmediate(play, start, at + PIECE_BYTES, total + piece.length)
}
play(process.hrtime.bigint(), 0, 0)
