// SPDX-License-Identifier: GPL-3.0-or-later

// From a page to the telephone, and to the mailbox, in a real browser. Who calls is the sample's telephone system.

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { after, before, test } = require("node:test");
const { SHOP, Window, desk, launch, until } = require("./help.js");

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Somebody who waits is taken, and speaks with me. */
const talk = async () => {
  const tried = new Set();

  for (;;) {
    const { uniqueid } = await until(async () => (await desk.calls()).find(call => call.state === "waiting" && call.id && !tried.has(call.uniqueid)), "somebody waits");

    tried.add(uniqueid);
    try {
      await desk.command("call.take", undefined, { call: uniqueid });
    } catch {
      continue; // gone meanwhile
    }

    return until(async () => (await desk.calls()).find(call => call.uniqueid === uniqueid && call.state === "talking"), "we talk");
  }
};

const hangUp = async call => {
  await desk.command("call.hangup", undefined, { call: call.uniqueid });
  await until(async () => !(await desk.calls()).some(other => other.uniqueid === call.uniqueid && other.state === "talking"), "it is over");
};

const code = async window => {
  await until(() => window.frame.$$eval("#code", parts => parts.some(part => /^\d{3} \d{3}$/.test(part.textContent))), "a code");

  return window.frame.$eval("#code", part => part.textContent);
};

const visits = async call => (await desk.timeline(call.conv)).filter(entry => entry.kind === "visit").map(entry => entry.d);

const axe = async window => {
  await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await window.frame.evaluate(() => globalThis.axe.run(document));

  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
};

test("a code that is read out joins the page to the call", async () => {
  const window = await Window.open(browser, { path: "/en?order=4711#private" });

  await window.write("where is my kettle?");
  const { id } = await desk.find("where is my kettle?");
  const call = await talk();

  assert.ok(!window.requests.some(address => address.endsWith("/help.js")), "what nobody asks for is not loaded");
  await window.frame.focus("#way-code");
  await window.frame.press("#way-code", "Enter");
  const shown = await code(window);

  await desk.command("call.join", undefined, { call: call.uniqueid, code: shown });
  await until(async () => await window.status() === "We see now which page you are on.", "she is told");
  assert.ok(await window.frame.isVisible("#body"), "and goes on writing");
  assert.deepEqual((await visits(call)).map(({ url, title, conv }) => [url, title, conv]), [[`${SHOP}/en`, "Example shop", id]]);
  const joined = (await desk.timeline(id)).at(-1).d;

  assert.deepEqual([joined.what, joined.conv], ["joined", call.conv]);
  assert.deepEqual(window.complaints, [], "the page's own policy is strict");
  await hangUp(call);
  await window.close();
});

test("an engine that starts anew shows a new code, and says so", async () => {
  const window = await Window.open(browser);

  await window.frame.click("#way-code");
  const before = await code(window);

  await desk.kill();
  await until(async () => (await code(window)) !== before, "another code");
  assert.match(await window.frame.textContent("#help [role=status]"), /^This is a new code\. Good until /);
  await window.close();
});

for (const options of [{}, { colorScheme: "dark" }, { path: "/de" }, { path: "/ar", viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }])
  test(`other ways can be read aloud: ${JSON.stringify(options)}`, async () => {
    const window = await Window.open(browser, options);

    await window.frame.fill("#body", "half a sentence");
    for (const way of ["call", "code", "mail"]) {
      await window.frame.click(`#way-${way}`);
      await window.frame.waitForSelector("#help");
      if (way === "code")
        await code(window);
      await axe(window);
      assert.ok(await window.frame.evaluate(() => document.querySelector("#help").contains(document.activeElement)), "the focus goes along");
      await window.page.keyboard.press("Escape");
      await window.frame.waitForSelector("#help", { state: "detached" });
      assert.equal(await window.frame.inputValue("#body"), "half a sentence");
    }
    assert.ok(await (await window.frame.frameElement()).isVisible(), "Escape has not closed the panel");
    await window.close();
  });

test("an e-mail instead takes along what was typed", async () => {
  const server = { host: "127.0.0.1", port: 9, tls: "tls" };
  const leave = async text => {
    const window = await Window.open(browser);

    await window.frame.fill("#body", text);
    await window.frame.click("#way-mail");
    assert.equal(await window.frame.inputValue("#help-text"), text);
    await window.frame.fill("#help-email", "ann");
    await window.frame.press("#help-email", "Enter");
    await until(() => window.frame.$eval("#help-email", part => part.getAttribute("aria-invalid") === "true"), "she is told");
    assert.equal(await window.frame.textContent("#help-words"), "Please check the e-mail address.");
    await window.frame.fill("#help-email", "ann@example.com");
    await window.frame.press("#help-email", "Enter");
    await window.frame.waitForSelector("#help", { state: "detached" });
    assert.equal(await window.frame.inputValue("#body"), "", "it is said once");
    await window.has(text);

    return window;
  };
  const first = await leave("do you deliver to Vienna?");

  assert.equal((await desk.find("do you deliver to Vienna?")).channel, "chat", "there is no mailbox");
  await until(async () => (await first.status()).startsWith("We cannot answer by e-mail just now"), "and she is told");
  await desk.command("channel.add", undefined, { kind: "mail", address: "support@example.test", name: "", sender_name: "", login: "x", password: "x", imap: server,
    smtp: server, ca: null });
  const second = await leave("and to Graz?");

  await until(async () => (await second.status()).startsWith("Thank you. The answer comes by e-mail"), "she is told when");
  assert.equal((await desk.find("and to Graz?")).channel, "email");
  await Promise.all([first.close(), second.close()]);
});

test("a call back takes along what was typed, also while she waits", async () => {
  const window = await Window.open(browser);

  await window.write("my kettle leaks");
  await window.sent();
  const { id } = await desk.find("my kettle leaks");

  await until(() => window.frame.isVisible("#queue"), "she waits");
  await window.frame.fill("#body", "and it is hot");
  await window.frame.click("#way-call");
  assert.equal(await window.frame.inputValue("#help-text"), "and it is hot");
  await window.frame.fill("#help-number", "12");
  await window.frame.press("#help-number", "Enter");
  await until(async () => await window.frame.$eval("#help", part => part.querySelector("[role=status]").textContent) === "Please check the telephone number.", "she is told");
  await window.frame.fill("#help-number", "+49 30 1234567");
  await window.frame.press("#help-number", "Enter");
  await window.frame.waitForSelector("#help", { state: "detached" });
  await until(() => window.frame.$$eval("li.said", parts => parts.some(part => /We call you at .*\+49301234567.*, probably by /.test(part.textContent))), "it is in the log");
  assert.equal(await window.frame.inputValue("#body"), "");
  const promise = (await desk.timeline(id)).find(entry => entry.kind === "promise");

  assert.deepEqual([promise.d.number, promise.d.reason], ["+49301234567", "and it is hot"]);
  await window.close();
});

/** A visitor whose chat somebody has, to whom a call is offered. */
const offered = async (options, text) => {
  const window = await Window.open(browser, options);

  await window.write(text);
  await window.sent();
  const { id } = await desk.find(text);

  assert.ok(!window.requests.some(address => address.includes("/call.js")), "what nobody offers is not loaded");
  await desk.command("chat.offer-call", id);
  await window.frame.waitForSelector(".offer form");

  return { window, id };
};

const said = (window, pattern) => until(() => window.frame.$$eval("li.said", (parts, source) => parts.some(part => new RegExp(source).test(part.textContent)), pattern.source), pattern);

test("a call that is offered is wanted once, in whichever window", async () => {
  const { window, id } = await offered({}, "can you explain it?");
  const other = await Window.open(window.context);

  await other.frame.waitForSelector(".offer form");
  assert.match(await window.frame.textContent(".offer p"), / offers to talk on the phone\.$/);
  await axe(window);
  await window.frame.fill(".offer input", "+44 90 1234 5678");
  await window.frame.press(".offer input", "Enter");
  await until(async () => await window.frame.textContent(".offer [role=status]") === "We cannot call this number. Please give us another one.", "she is told");
  await axe(window);
  await window.frame.fill(".offer input", "+49 30 1234567");
  await window.frame.press(".offer input", "Enter");
  for (const one of [window, other]) {
    await said(one, /^We are calling you at .*\+49301234567/);
    assert.equal(await one.frame.$(".offer"), null);
  }
  assert.ok(await window.frame.$eval("#body", part => part === document.activeElement), "and goes on writing");
  assert.equal((await desk.timeline(id)).find(entry => entry.kind === "promise").d.number, "+49301234567");

  // The next one has her number; she says no, and each page says so that is loaded then.
  await desk.command("chat.offer-call", id);
  await other.frame.waitForSelector(".offer form");
  assert.equal(await other.frame.inputValue(".offer input"), "+49301234567");
  await other.frame.focus(".offer [type=button]");
  await other.frame.press(".offer [type=button]", "Enter");
  await said(window, /^You do not want to be called\.$/);
  await window.page.reload();
  await window.show();
  await said(window, /^You do not want to be called\.$/);
  await said(window, /^We are calling you at /);
  assert.equal(await window.frame.$(".offer"), null);
  assert.deepEqual([...window.complaints, ...other.complaints].filter(text => !text.includes("422")), [], "the page's own policy is strict");
  await window.close();
});

for (const options of [{ colorScheme: "dark", path: "/de" }, { path: "/ar", viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }])
  test(`an offer can be read aloud, and ends with the chat: ${JSON.stringify(options)}`, async () => {
    const { window, id } = await offered(options, `call me? ${options.path}`);

    await axe(window);
    await desk.command("conversation.close", id, {}, { force: true });
    await window.frame.waitForSelector(".offer", { state: "detached" });
    await window.close();
  });
