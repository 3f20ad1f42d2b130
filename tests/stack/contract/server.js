// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server for each description in tests/fixtures/trackers.
//
// usage: node server.js PORTBASE
'use strict'
const fs = require('fs')
const path = require('path')
const { createSingleProcessPrism } = require('@stoplight/prism-cli/dist/util/createServer')

const top = path.join(__dirname, '../../..')
const state = path.join(top, '_dev/stack/contract')

const servers = { forgejo: '071', github: '072', gitlab: '073', jira: '074', bugzilla: '075', jiradc: '076' }

async function main (base) {
  for (const [name, port] of Object.entries(servers)) {
    const document = ['.json', '.yaml'].map((end) => path.join(top, 'tests/fixtures/trackers', name + end)).find((file) => fs.existsSync(file))
    if (document === undefined) continue
    // Without `errors`: examples of the descriptions are not what the descriptions say. What is wrong with a request stands in a header of its answer
    await createSingleProcessPrism({
      document, errors: false, host: '127.0.0.1', port: Number(base + port), dynamic: false, multiprocess: false, cors: false, verboseLevel: 'fatal',
      ignoreExamples: false, seed: '', jsonSchemaFakerFillProperties: true
    })
  }
  fs.writeFileSync(path.join(state, 'ready'), '')
}

main(process.argv[2]).catch((error) => {
  console.error(error)
  process.exit(1)
})
