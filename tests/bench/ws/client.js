// SPDX-License-Identifier: GPL-3.0-or-later

// npm's ws as the client of socket-echo: client.js PORT. Whether two programs understand RFC 6455 in the same way.

const assert = require('assert')
const { WebSocket } = require('ws')

const url = `ws://127.0.0.1:${process.argv[2]}/socket`
const open = (options = {}, protocol = 'echo') => new Promise((resolve, reject) => {
  const socket = new WebSocket(url, protocol, { origin: 'https://shop.example', ...options })
  socket.on('open', () => resolve(socket))
  socket.on('unexpected-response', (request, answer) => reject(new Error(answer.statusCode)))
  socket.on('error', reject)
})
const next = (socket, event) => new Promise(resolve => socket.once(event, (...values) => resolve(values)))
const closed = async socket => {
  const [code, reason] = await next(socket, 'close')
  return [code, reason.toString()]
}
const ask = async (socket, object) => {
  socket.send(JSON.stringify(object))
  return JSON.parse((await next(socket, 'message'))[0])
}

const checks = {
  async texts () {
    const socket = await open()
    assert.strictEqual(socket.protocol, 'echo')
    for (const body of ['', 'Hello', 'Grüße, 日本 🙂', 'x'.repeat(60000)]) assert.strictEqual((await ask(socket, { t: 'echo', body })).body, body)
    socket.close()
    assert.deepStrictEqual(await closed(socket), [1005, ''])
  },
  async order () {
    const socket = await open()
    const ids = []
    const all = new Promise(resolve => socket.on('message', message => ids.push(JSON.parse(message).id) === 1000 && resolve()))
    for (let id = 0; id < 1000; id++) socket.send(JSON.stringify({ t: 'echo', id, body: 'x'.repeat(id) }))
    await all
    assert.deepStrictEqual(ids, [...Array(1000).keys()])
    socket.terminate()
  },
  async fragments () {
    const socket = await open()
    const answers = Promise.all([next(socket, 'pong'), next(socket, 'message')])
    socket.send('{"t": "echo", "bo', { fin: false })
    socket.ping('between')
    socket.send('dy": "in ', { fin: false })
    socket.send('three"}', { fin: true })
    const [[pong], [message]] = await answers
    assert.strictEqual(pong.toString(), 'between')
    assert.strictEqual(JSON.parse(message).body, 'in three')
    socket.terminate()
  },
  async compression () {
    const socket = await open({ perMessageDeflate: true })
    assert.strictEqual(socket.extensions, '')
    assert.strictEqual((await ask(socket, { t: 'echo', body: 'plain' })).body, 'plain')
    socket.terminate()
  },
  async closing () {
    const ours = await open()
    ours.close(4001, 'bye')
    assert.deepStrictEqual(await closed(ours), [4001, 'bye'])
    const theirs = await open()
    theirs.send(JSON.stringify({ t: 'close', id: 4002, body: 'that is all' }))
    assert.deepStrictEqual(await closed(theirs), [4002, 'that is all'])
  },
  async limits () {
    for (const [message, code] of [[Buffer.from('bytes'), 1003], ['{}{}', 4400], ['x'.repeat(65537), 1009], [Buffer.alloc(1000000), 1009]]) {
      const socket = await open()
      socket.on('error', () => {})
      socket.send(message)
      assert.strictEqual((await closed(socket))[0], code)
    }
    const socket = await open()
    for (let i = 0; i < 20; i++) socket.send('x', { fin: false })
    assert.strictEqual((await closed(socket))[0], 1008)
  },
  async refusals () {
    await assert.rejects(open({ origin: 'https://evil.example' }), { message: '403' })
    await assert.rejects(open({ origin: undefined }), { message: '403' })
    await assert.rejects(open({}, 'other'), { message: '400' })
    await assert.rejects(open({}, []), { message: '400' })
  }
}

async function run () {
  for (const [name, check] of Object.entries(checks)) {
    await check().catch(error => {
      console.error(`npm ws as the client: ${name}: ${error.stack}`)
      process.exit(1)
    })
  }
  console.log(`npm ws as the client: ${Object.keys(checks).join(', ')}: as it should be`)
  process.exit(0)
}
setTimeout(() => { console.error('npm ws as the client: no end in 60 s'); process.exit(1) }, 60000)
run()
