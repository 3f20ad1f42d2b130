// SPDX-License-Identifier: GPL-3.0-or-later

// When all is said: whether it helped, and the talk as a mail.

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { after, before, test } = require("node:test");
const { Window, desk, launch, until } = require("./help.js");

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

const axe = async window => {
  await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  await window.frame.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)));
  const { violations } = await window.frame.evaluate(() => globalThis.axe.run(document));

  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
};

/** Asked and answered; gives the conversation. */
const talk = async (window, text) => {
  await window.write(text);
  const { id } = await desk.find(text);

  await desk.say(id, "Yes, it is.");
  await window.has(text, "Yes, it is.");

  return id;
};

const close = async (window, conv) => {
  await desk.command("conversation.close", conv, {});
  await window.frame.waitForSelector("#rate");
};

const surveys = async conv => (await desk.timeline(conv)).filter(entry => entry.kind === "survey").map(entry => entry.d.kind);

for (const [path, thanks] of [["/en", "Thank you."], ["/ar", "شكرًا لك."]])
  test(`did this help? ${path}`, async () => {
    const window = await Window.open(browser, { path });
    const id = await talk(window, `is it in stock? ${path}`);

    assert.ok(await window.frame.isHidden("#rate"), "nobody is asked before it is over");
    await close(window, id);
    await axe(window);
    await window.frame.focus("#rate [value=good]");
    await window.page.keyboard.press("Enter");
    await until(async () => await window.status() === thanks, "she is thanked");
    await window.frame.waitForSelector("#rate", { state: "hidden" });
    assert.deepEqual(await surveys(id), ["good"]);
    assert.ok(await window.frame.evaluate(() => document.activeElement.id === "body"), "she can write on");

    await window.page.goto(window.page.url());
    await window.find();
    await window.has(`is it in stock? ${path}`, "Yes, it is.");
    await until(() => window.frame.$$eval("li.said", parts => parts.length > 0), "that it was closed");
    assert.ok(await window.frame.isHidden("#rate"), "she is asked once");
    assert.deepEqual(window.complaints, []);
    await window.close();
  });

test("no, it did not: what is missing is written there, and asked for once more", async () => {
  const window = await Window.open(browser);
  const id = await talk(window, "is it blue?");

  await close(window, id);
  await window.frame.click("#rate [value=bad]");
  await until(async () => await window.status() === "What is missing? Just write it here.", "she is told");
  await window.page.keyboard.type("It is green.");
  await window.page.keyboard.press("Enter");
  await desk.find("It is green.");
  await close(window, id);
  await window.frame.click("#rate [value=fair]");
  await until(async () => (await surveys(id)).join() === "bad,fair", "both are kept");
  await window.close();
});

test("the talk by e-mail: the address is asked for where nobody knows it", async () => {
  const window = await Window.open(browser);
  const server = { host: "127.0.0.1", port: 9, tls: "tls" };

  await desk.command("channel.add", undefined, { kind: "mail", address: "support@example.test", name: "", sender_name: "", login: "x", password: "x", imap: server,
    smtp: server, ca: null });
  assert.ok(await window.frame.isHidden("#way-talk"), "nothing was said yet");
  const id = await talk(window, "is it red?");

  await close(window, id);
  await window.frame.waitForSelector("#way-talk");
  await window.frame.focus("#way-talk");
  await window.page.keyboard.press("Enter");
  await window.frame.waitForSelector("#help .choice");
  await axe(window);
  await window.frame.click("#help .choice");
  await window.frame.fill("#help-email", "ann");
  await window.frame.press("#help-email", "Enter");
  await until(() => window.frame.$eval("#help-email", part => part.getAttribute("aria-invalid") === "true"), "she is told");
  await axe(window);
  await window.frame.fill("#help-email", "ann@example.com");
  await window.frame.press("#help-email", "Enter");
  await window.frame.waitForSelector("#help", { state: "detached" });
  await until(() => window.frame.$$eval("li.said", parts => parts.some(part => /^Conversation sent to .*a…@example.com/.test(part.textContent))), "it is in the log");
  const [mail] = (await desk.timeline(id)).filter(entry => entry.kind === "email");

  assert.deepEqual([mail.d, mail.to[0].address], [{ transcript: true }, "ann@example.com"]);
  assert.ok(await window.frame.isVisible("#rate"), "and she can still say whether it helped");
  assert.deepEqual(window.complaints.filter(text => !text.includes("422")), []);
  await window.close();
});
