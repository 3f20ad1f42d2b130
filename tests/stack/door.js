// SPDX-License-Identifier: GPL-3.0-or-later

// How tests start programs of the root in which the browser and the proxies are: POST / with ["program", "argument", …]. What it says comes back as
// it says it, and at the end a line “exit 0”. Whoever goes away ends it. On loopback only, as all of ./stack.
//
// usage: door.js PORT

"use strict";

const { spawn } = require("node:child_process");
const http = require("node:http");

const run = (command, answer) => {
  const child = spawn(command[0], command.slice(1), { cwd: "/liaison", detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL"); // a browser is many processes
    } catch {
      // All of them have ended.
    }
  };

  answer.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" });
  answer.flushHeaders();
  child.stdout.on("data", data => answer.write(data));
  child.stderr.on("data", data => answer.write(data));
  child.on("error", error => answer.end(`${error.message}\nexit 127\n`));
  child.on("close", status => answer.end(`\nexit ${status}\n`));
  answer.on("close", end);
};

http.createServer(async (request, answer) => {
  const parts = [];

  for await (const part of request)
    parts.push(part);
  run(JSON.parse(Buffer.concat(parts)), answer);
}).listen(Number(process.argv[2]), "127.0.0.1");
