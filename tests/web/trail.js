// SPDX-License-Identifier: GPL-3.0-or-later

// Which pages a visitor shows, and when: never before she, or the site for her, has agreed.

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

const pages = async conv => ((await desk.chats()).find(chat => chat.conv === conv)?.pages ?? []).map(({ url }) => url.replace(SHOP, ""));
const tabKeeps = window => window.page.evaluate(() => Object.keys(sessionStorage).filter(key => key.endsWith(":pages")).length);

test("asked in the chat: yes, and no more", async () => {
  const window = await Window.open(browser, { path: "/en?order=4711" });

  assert.ok(await window.frame.isHidden("#trail"), "who only looks is not asked");
  await window.write("where do I find the manual?");
  const { id } = await desk.find("where do I find the manual?");

  await window.frame.waitForSelector("#trail-yes");
  assert.equal(await tabKeeps(window), 0);
  assert.deepEqual(await pages(id), []);
  await window.frame.focus("#trail-yes");
  await window.page.keyboard.press("Enter");
  await until(async () => (await pages(id)).join() === "/en", "the page is shown, without what may be private of it");

  await window.page.goto(`${SHOP}/de`);
  await window.find();
  await until(async () => (await pages(id)).join() === "/en,/de", "the next one too");
  await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  await window.frame.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)));
  const { violations } = await window.frame.evaluate(() => globalThis.axe.run(document));

  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
  await window.frame.click("#trail-no");
  await until(async () => (await pages(id)).length === 0, "they are taken away");
  await window.frame.waitForSelector("#trail", { state: "hidden" });
  assert.equal(await tabKeeps(window), 0);
  await window.close();
});

test("the site's own consent: noted from then on, and sent with the chat", async () => {
  const window = await Window.open(browser, { path: "/en", shown: false });

  assert.equal(await tabKeeps(window), 0);
  await window.page.evaluate(() => window.Liaison.consent(true));
  await window.page.goto(`${SHOP}/ar`);
  await window.page.waitForFunction(() => window.Liaison);
  assert.equal(await tabKeeps(window), 1);
  assert.equal(window.requests.filter(address => address.includes("/chat/v1/")).length, 0, "nothing is sent of who does not chat");
  await window.show();
  await window.write("after two pages");
  const { id } = await desk.find("after two pages");

  await until(async () => (await pages(id)).join() === "/en,/ar", "they are shown");
  await window.page.evaluate(() => window.Liaison.logout());
  assert.equal(await tabKeeps(window), 0);
  await window.close();
});
