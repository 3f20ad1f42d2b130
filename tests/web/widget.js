// SPDX-License-Identifier: GPL-3.0-or-later

// The chat in a real browser. Visitors' windows are pages of another site than the chat's, as they are in life.

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { after, before, test } = require("node:test");
const { CHAT, SHOP, Window, desk, launch, until } = require("./help.js");

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

// Nobody who only looks ----------------------------------------------------------------------------------------------------------------------

test("a page that nobody writes on loads one script", async () => {
  const window = await Window.open(browser, { shown: false });

  await window.page.waitForTimeout(300);
  assert.deepEqual(window.requests.filter(address => address.startsWith(CHAT)), [`${CHAT}/chat/widget/loader.js?site=shop`]);
  assert.equal(window.page.frames().length, 1);
  await window.close();
});

test("nothing is kept of who only looks, and never a cookie", async () => {
  const window = await Window.open(browser);

  assert.deepEqual(await window.stored(), []);
  await window.write("hello, cookies");
  await window.sent();
  await window.keeps("live", "token");
  assert.deepEqual(await window.context.cookies(), []);
  assert.deepEqual(window.complaints, [], "the page's own policy is strict");
  await window.close();
});

// By keyboard, and read aloud ---------------------------------------------------------------------------------------------------------------

test("opens, writes and closes by keyboard", async () => {
  const window = await Window.open(browser, { shown: false });
  const focused = () => window.page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.tagName);

  await window.page.keyboard.press("Tab");
  await window.page.keyboard.press("Tab");
  assert.equal(await focused(), "BUTTON");
  await window.page.keyboard.press("Enter");
  await window.find();
  await until(() => window.frame.evaluate(() => document.activeElement.id === "body"), "the focus in the message");
  await window.page.keyboard.type("Hello <b>there</b> 😀");
  await window.page.keyboard.press("Enter");
  await window.sent();
  await window.has("Hello <b>there</b> 😀");
  assert.equal((await window.frame.$$("#log b")).length, 0, "text stays text");

  const panel = await window.frame.frameElement();

  await window.page.keyboard.press("Escape");
  await until(async () => !await panel.isVisible(), "it closes");
  assert.equal(await focused(), "BUTTON");
  await window.close();
});

for (const options of [{}, { colorScheme: "dark" }, { path: "/ar" }, { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }])
  test(`a screen reader finds its way: ${JSON.stringify(options)}`, async () => {
    const window = await Window.open(browser, options);
    const question = `read aloud ${JSON.stringify(options)}`;

    await window.write(question);
    await window.sent();
    await desk.say((await desk.find(question)).id, "An answer, and https://shop.example/kettles");
    await until(async () => (await window.texts()).length === 2);
    await window.frame.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished))); // half seen is hard to read
    await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const { violations, passes } = await window.frame.evaluate(() => globalThis.axe.run(document));

    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
    assert.ok(passes.length > 15);
    await window.close();
  });

test("speaks the page's language, from right to left where it is so", async () => {
  const german = await Window.open(browser, { path: "/de" });
  const arabic = await Window.open(browser, { path: "/ar" });

  assert.equal(await german.frame.getAttribute("#body", "placeholder"), "Ihre Nachricht");
  assert.equal(await arabic.frame.evaluate(() => getComputedStyle(document.body).direction), "rtl");
  const [button, panel] = await arabic.page.evaluate(() => ["button", "iframe"].map(name => {
    const root = [...document.querySelectorAll("div")].find(part => part.shadowRoot).shadowRoot;

    return root.querySelector(name).getBoundingClientRect().left;
  }));

  assert.ok(button < 100 && panel < 100, "at the end of the line, which is on the left");
  await Promise.all([german.close(), arabic.close()]);
});

test("wears the company's colour, readable", async () => {
  const window = await Window.open(browser);

  assert.equal(await window.frame.$eval("header", part => getComputedStyle(part).backgroundColor), "rgb(255, 216, 0)");
  assert.equal(await window.frame.$eval("h1", part => getComputedStyle(part).color), "rgb(0, 0, 0)");
  await window.close();
});

// Both ways ---------------------------------------------------------------------------------------------------------------------------------

test("an answer, typing and seen come at once", async () => {
  const window = await Window.open(browser);

  await window.write("is anybody there?");
  const { id } = await desk.find("is anybody there?");

  await desk.typing(id);
  await until(() => window.frame.isVisible("#typing"), "somebody types");
  await desk.command("conversation.read", id, { seq: (await desk.conversations()).find(row => row.id === id).seq ?? 1e9 }).catch(() => {});
  await desk.say(id, "Yes, I am.");
  await window.has("is anybody there?", "Yes, I am.");
  await until(() => window.frame.isHidden("#typing"), "not any more");
  await desk.say(id, "Good bye.", { then: "close" });
  await until(() => window.frame.isVisible("li.said"), "it is closed");
  await window.close();
});

test("the button counts what came while it was closed", async () => {
  const window = await Window.open(browser);

  await window.write("I shall close this");
  const { id } = await desk.find("I shall close this");

  await window.page.evaluate(() => window.Liaison.close());
  await desk.say(id, "One");
  await desk.say(id, "Two");
  await window.page.getByRole("button", { name: "New messages: 2" }).waitFor();

  await window.page.goto("about:blank");
  await desk.say(id, "Three"); // she is nowhere on the site
  await window.page.goto(`${SHOP}/de`);
  await window.page.getByRole("button", { name: "Neue Nachrichten: 3" }).click();
  await window.find();
  await window.has("One", "Two", "Three");
  await window.page.evaluate(() => window.Liaison.close());
  await window.page.reload();
  await desk.say(id, "Four");
  await window.page.getByRole("button", { name: "Neue Nachrichten: 1" }).waitFor();
  await window.close();
});

test("what is read in one window is new in no other", async () => {
  const one = await Window.open(browser);

  await one.write("two windows");
  await one.sent();
  await one.keeps("live", "token"); // by which the next one knows that there is something to wait for
  const { id } = await desk.find("two windows");
  const two = await Window.open(one.context, { shown: false });

  await one.page.evaluate(() => window.Liaison.close());
  await desk.say(id, "Read me");
  await Promise.all([one, two].map(window => window.page.getByRole("button", { name: "New messages: 1" }).waitFor()));
  await one.show();
  await two.page.getByRole("button", { name: "Chat with us" }).waitFor();
  await one.close();
});

// When the line breaks ----------------------------------------------------------------------------------------------------------------------

test("an ack that is lost: sent again, written once", async () => {
  let dropped = 0;
  const window = await Window.open(browser, {
    prepare: page => page.routeWebSocket(/chat\/v1\/socket/, socket => {
      const server = socket.connectToServer();

      server.onMessage(text => {
        if (JSON.parse(text).t === "hello" || dropped > 0)
          return socket.send(text);
        dropped++;
        socket.close(); // what she wrote is there, and she does not know
        server.close();
      });
    }),
  });

  await window.write("ack lost");
  await window.sent();
  assert.equal(dropped, 1);
  await window.has("ack lost");
  assert.deepEqual(await desk.said((await desk.find("ack lost")).id), ["ack lost"]);
  assert.deepEqual(await window.texts(), ["ack lost"]);
  await window.close();
});

test("offline: what is typed waits, and goes in order, once", async () => {
  const window = await Window.open(browser);

  await window.write("online");
  await window.sent();
  const { id } = await desk.find("online");

  await window.cut();
  for (const text of ["one", "two", "three"])
    await window.write(text);
  assert.equal(await window.pending(), 3);
  await desk.say(id, "said meanwhile");
  await window.context.setOffline(false);
  await window.sent();
  assert.deepEqual(await desk.said(id), ["online", "said meanwhile", "one", "two", "three"]);
  await window.has("online", "said meanwhile", "one", "two", "three");
  await window.close();
});

test("what waits outlives the page", async () => {
  const window = await Window.open(browser);

  await window.write("before");
  await window.sent();
  await window.cut();
  await window.write("typed, then reloaded");
  await until(async () => (await window.stored()).some(name => name.startsWith("out:")), "it is kept");
  await window.context.setOffline(false);
  await window.page.reload();
  await window.find(); // it was open, and is again
  await window.has("before", "typed, then reloaded");
  await window.sent();
  assert.deepEqual(await desk.said((await desk.find("typed, then reloaded")).id), ["before", "typed, then reloaded"]);
  await window.keeps("live", "token");
  await window.close();
});

test("the engine is killed: both sides go on", async () => {
  const window = await Window.open(browser);

  await window.write("before the end");
  await window.sent();
  const { id } = await desk.find("before the end");

  await desk.kill(0.2);
  await window.write("after the end");
  await desk.say(id, "We are back.");
  await window.sent();
  await until(async () => (await window.texts()).length === 3);
  assert.deepEqual((await desk.said(id)).sort(), ["We are back.", "after the end", "before the end"]);
  await window.close();
});

test("without a WebSocket it works by waiting calls", async () => {
  const window = await Window.open(browser, {
    prepare: page => page.addInitScript(() => {
      window.WebSocket = class extends EventTarget {
        constructor() {
          super();
          setTimeout(() => this.onclose?.({ code: 1006 }), 5);
        }
        close() {}
        send() {}
      };
    }),
  });

  await window.write("over calls");
  await window.sent();
  const { id } = await desk.find("over calls");

  await desk.say(id, "an answer over calls");
  await window.has("over calls", "an answer over calls");
  assert.ok(window.requests.some(address => address.includes("/chat/v1/events")));
  await window.close();
});

test("without storage it works as long as the page", async () => {
  const window = await Window.open(browser, {
    prepare: page => page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
    }),
  });

  await window.write("no storage");
  await window.sent();
  await window.has("no storage");
  await window.close();
});

// Several --------------------------------------------------------------------------------------------------------------------------------------

test("two tabs are one visitor", async () => {
  const one = await Window.open(browser);
  const two = await Window.open(one.context);

  await one.write("from tab one");
  await two.has("from tab one");
  await two.write("from tab two");
  await Promise.all([one.has("from tab one", "from tab two"), two.has("from tab one", "from tab two")]);
  assert.deepEqual(await desk.said((await desk.find("from tab two")).id), ["from tab one", "from tab two"]);
  await one.close();
});

test("another visitor sees nothing, nor who comes after logout", async () => {
  const one = await Window.open(browser);
  const two = await Window.open(browser);

  await one.write("private");
  await one.sent();
  await two.write("mine");
  await two.sent();
  assert.deepEqual(await two.texts(), ["mine"]);
  await one.page.evaluate(() => window.Liaison.logout());
  await until(() => one.frame.isDetached(), "her panel goes");
  await one.keeps();
  await one.show();
  await one.write("somebody else");
  await one.sent();
  assert.deepEqual(await one.texts(), ["somebody else"]);
  await Promise.all([one.close(), two.close()]);
});

// Nobody there ----------------------------------------------------------------------------------------------------------------------------------

test("nobody is there: what is left is answered by mail, or waits", async () => {
  const server = { host: "127.0.0.1", port: 9, tls: "tls" };

  await desk.command("availability.set", undefined, { state: "offline", reason: "" });
  const first = await Window.open(browser);

  await until(() => first.frame.isVisible("#address"), "she is asked for an address");
  await first.frame.fill("#address", "ann@example.com");
  await first.write("left without a mailbox");
  await first.sent();
  assert.equal((await desk.find("left without a mailbox")).channel, "chat", "no mailbox: it waits in the chat");

  await desk.command("channel.add", undefined, { kind: "mail", address: "support@example.test", name: "", sender_name: "", login: "x", password: "x", imap: server,
    smtp: server, ca: null });
  const second = await Window.open(browser);

  await until(() => second.frame.isVisible("#address"), "she is asked for an address");
  await second.frame.fill("#visitor", "Ann");
  await second.frame.fill("#address", "ann@example.com");
  await second.write("left with a mailbox");
  await until(async () => (await second.status()).startsWith("Thank you. The answer comes by e-mail"), "she is told when");
  await second.has("left with a mailbox");
  assert.equal((await desk.find("left with a mailbox")).channel, "email");
  await desk.command("availability.set", undefined, { state: "available", reason: "" });
  await until(() => second.frame.$eval("#presence", part => part.className === "online"), "somebody is back");
  await Promise.all([first.close(), second.close()]);
});
