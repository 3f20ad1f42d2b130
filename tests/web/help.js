// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests in a browser share. Environment: SHOP: the site's address (tests/lib/shop.py), CHAT: where its chat is served.

"use strict";

const { chromium } = require("playwright-core");

const { SHOP, CHAT } = process.env;

const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });

const ask = async (path, body) => {
  const answer = await fetch(`${SHOP}/test/${path}`, body && { method: "POST", body: JSON.stringify(body) });

  if (!answer.ok)
    throw new Error(`${path}: ${answer.status}`);

  return answer.json();
};

/** The agents' side. */
const desk = {
  command: (k, conv, d = {}, more = {}) => ask("command", { k, conv, d, ...more }),
  say: (conv, body, more = {}) => ask("command", { k: "message.send", conv, d: { mode: "chat", body, ...more } }),
  typing: conv => ask("typing", { conv }),
  kill: pause => ask("kill", { pause }),
  conversations: async () => (await ask("v1/views/all/rows?limit=200")).rows,
  channels: async () => (await ask("v1/snapshot")).channels,
  published: async () => (await ask("v1/responses/published")).rows,
  /** The conversation of which that is the last word. */
  find: text => until(async () => (await desk.conversations()).find(row => row.snippet === text), `“${text}” at the desk`),
  calls: async () => (await ask("v1/snapshot")).calls,
  timeline: async conv => (await ask(`v1/conversations/${conv}?limit=200`)).timeline,
  chats: async () => (await ask("v1/chats")).chats,
  upload: content => ask("upload", { content: content.toString("base64") }),
  said: async conv => (await ask(`v1/conversations/${conv}?limit=200`)).timeline.filter(entry => entry.kind === "chat").map(entry => entry.text),
};

/** Waits until it is true, or gives up. */
const until = async (condition, what = String(condition), timeout = 30000) => {
  const end = Date.now() + timeout;

  for (;;) {
    const value = await condition();

    if (value)
      return value;
    if (Date.now() > end)
      throw new Error(`never: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
};

let visitors = 0;

// Each has an address of its own (tests/lib/proxies.py).
const usual = () => ({
  ignoreHTTPSErrors: true,
  viewport: { width: 1000, height: 760 },
  extraHTTPHeaders: { "X-Test-Address": `198.51.100.${++visitors}` },
});

/** A visitor's page with the panel open. `browser` may be a context: another window of the same visitor. */
class Window {
  static async open(browser, { path = "/", prepare, shown = true, ...options } = {}) {
    const self = new Window();

    self.context = browser.newContext ? await browser.newContext({ ...usual(), ...options }) : browser;
    self.page = await self.context.newPage();
    self.requests = [];
    self.complaints = [];
    self.page.on("request", request => self.requests.push(request.url()));
    self.page.on("console", message => message.type() === "error" && self.complaints.push(message.text()));
    self.page.on("pageerror", error => self.complaints.push(error.message));
    await prepare?.(self.page);
    await self.page.goto(SHOP + path);
    await self.page.waitForFunction(() => window.Liaison);
    if (shown)
      await self.show();

    return self;
  }

  async show() {
    await this.page.evaluate(() => window.Liaison.open());
    await this.find();
  }

  /** The panel's frame, once there is one. */
  async find() {
    this.frame = await until(() => this.page.frames().find(frame => frame.url().includes("/chat/widget/frame")), "a frame");
    await this.frame.waitForSelector("#body");
    await until(() => this.frame.$eval("#presence", part => !part.hidden), "a session");
  }

  async write(text) {
    await this.frame.fill("#body", text);
    await this.frame.press("#body", "Enter");
  }

  texts() {
    return this.frame.$$eval("li:not(.said) .body", parts => parts.map(part => part.textContent));
  }

  has(...texts) {
    return until(async () => JSON.stringify((await this.texts()).slice(-texts.length)) === JSON.stringify(texts), `“${texts}”`);
  }

  /** Cuts the line, and waits until the panel knows. */
  async cut() {
    await this.context.setOffline(true);
    await until(async () => (await this.status()).startsWith("No connection"), "it says so");
  }

  pending() {
    return this.frame.$$eval(".sending", parts => parts.length);
  }

  sent() {
    return until(async () => await this.pending() === 0, "all is sent");
  }

  status() {
    return this.frame.textContent("#status");
  }

  async stored() {
    return this.page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("liaison:")).map(key => key.slice("liaison:shop:".length)).sort());
  }

  /** Waits until just these names are kept: what the engine tells of the conversation comes after what it says of a message. */
  keeps(...names) {
    return until(async () => JSON.stringify(await this.stored()) === JSON.stringify(names), `kept: ${names}`);
  }

  close() {
    return this.context.close();
  }
}

module.exports = { CHAT, SHOP, Window, desk, launch, until };
