// SPDX-License-Identifier: GPL-3.0-or-later

// Answers before the first message, on a site that has them switched on.

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { after, before, test } = require("node:test");
const { Window, desk, launch, until } = require("./help.js");

let browser;

before(async () => {
  browser = await launch();
  const [site] = (await desk.channels()).filter(channel => channel.kind === "chat");
  const variants = [["en", "We open at nine.\n<b>Not</b> on Sundays."], ["de", "Wir öffnen um neun."], ["ar", "نفتح في التاسعة."]];
  const { d } = await desk.command("response.save", undefined, {
    response: { title: "Opening hours", scope: "team", state: "reviewed", variants: variants.map(([language, body]) => ({ language, body })) },
  });

  await desk.command("response.publish", undefined, { response: d.response, sites: [site.id] });
});
after(() => browser.close());

const axe = async window => {
  await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await window.frame.evaluate(() => globalThis.axe.run(document));

  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
};

const figures = async () => (await desk.published()).map(({ opened, helped }) => [opened, helped])[0];
const type = async (window, text) => {
  await window.frame.focus("#body");
  await window.page.keyboard.type(text);
};

for (const [path, text] of [["/en", "We open at nine.\n<b>Not</b> on Sundays."], ["/ar", "نفتح في التاسعة."]])
  test(`an answer is found, read and enough: ${path}`, async () => {
    const [opened, helped] = await figures();
    const window = await Window.open(browser, { path, ...(path === "/ar" && { colorScheme: "dark", viewport: { width: 360, height: 640 } }) });

    await type(window, "opening");
    await window.frame.waitForSelector("#find button");
    await axe(window);
    await window.page.keyboard.press("Shift+Tab");
    await window.frame.focus("#find button");
    await window.page.keyboard.press("Enter");
    await window.frame.waitForSelector("#answer");
    assert.equal(await window.frame.textContent("#answer .text"), text, "as text");
    assert.ok(await window.frame.evaluate(() => document.activeElement.id === "answer-title"), "the focus goes along");
    await axe(window);
    await window.frame.focus("#answer .choice");
    await window.page.keyboard.press("Enter");
    await window.frame.waitForSelector("#answer", { state: "detached" });
    assert.equal(await window.frame.inputValue("#body"), "");
    assert.equal(await window.frame.$$eval("#find button", parts => parts.length), 0);
    assert.notEqual(await window.status(), "");
    await until(async () => (await figures()).join() === [opened + 1, helped + 1].join(), "both are counted");
    assert.deepEqual((await window.stored()), [], "nothing is kept of who only reads");
    assert.deepEqual(window.complaints, [], "the policy is strict");
    await window.close();
  });

test("it was not enough: what was typed is still there, and nothing is looked for in a conversation", async () => {
  const window = await Window.open(browser);

  await type(window, "your opening hours?");
  await window.frame.waitForSelector("#find button");
  await window.frame.click("#find button");
  await window.frame.waitForSelector("#answer");
  assert.ok(await window.frame.isHidden("#write"));
  await window.page.keyboard.press("Escape");
  await window.frame.waitForSelector("#answer", { state: "detached" });
  assert.ok(await (await window.frame.frameElement()).isVisible(), "Escape has not closed the panel");
  assert.equal(await window.frame.inputValue("#body"), "your opening hours?");
  await window.frame.click("#find button");
  await window.frame.click("#answer .plain");
  await window.page.keyboard.press("Enter");
  await desk.find("your opening hours?");
  await window.frame.waitForSelector("#find button", { state: "detached" });

  window.requests.length = 0;
  await window.page.goto(window.page.url());
  await window.find();
  await window.has("your opening hours?");
  assert.ok(!window.requests.some(address => address.includes("find.js")), "there somebody answers");
  await window.close();
});
