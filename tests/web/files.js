// SPDX-License-Identifier: GPL-3.0-or-later

// Files in a real browser, both ways.

"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const { after, before, test } = require("node:test");
const { Window, desk, launch, until } = require("./help.js");

const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==", "base64");
const picture = { name: "kettle.png", mimeType: "image/png", buffer: PICTURE };
const text = name => ({ name, mimeType: "text/plain", buffer: Buffer.from("a line\n") });

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

const choose = (window, ...files) => window.frame.setInputFiles("#file", files);
const attached = async conv => (await desk.timeline(conv)).flatMap(entry => entry.attachments ?? []);
const cards = window => window.frame.$$eval("button.file", parts => parts.map(part => part.title));
const says = (window, words) => until(() => window.frame.$$eval("#messages .when", (parts, words) => parts.some(part => part.textContent === words), words), words);

// Gives her one as her own programs do, by paste or by drop; `size`: of zeroes.
const hand = (window, kind, { name, mimeType, buffer, size }) => window.frame.$eval("#body", (body, [kind, name, type, data, size]) => {
  const transfer = new DataTransfer();
  const bytes = size ? new Uint8Array(size) : Uint8Array.from(atob(data), sign => sign.charCodeAt(0));

  transfer.items.add(new File([bytes], name, { type }));
  body.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}, [kind, name, mimeType, buffer.toString("base64"), size]);

test("chosen, pasted and dropped: the agent has them, and what is typed stays", async () => {
  const window = await Window.open(browser);

  await window.write("look at this");
  await window.sent();
  const { id } = await desk.find("look at this");

  await window.frame.fill("#body", "half a sen");
  await choose(window, picture);
  await hand(window, "paste", { ...picture, name: "pasted.png" });
  await hand(window, "drop", { ...text("log.txt") });
  await window.sent();
  await until(async () => (await cards(window)).length === 3, "they stand in the conversation");
  assert.deepEqual(await cards(window), ["Save kettle.png", "Save pasted.png", "Save log.txt"]);
  assert.deepEqual((await attached(id)).map(({ name, type }) => [name, type]), [["kettle.png", "image/png"], ["pasted.png", "image/png"], ["log.txt", "text/plain"]]);
  assert.equal(await window.frame.inputValue("#body"), "half a sen");
  assert.deepEqual(window.complaints, []);
  await window.close();
});

test("what an agent sends: a picture is seen, anything can be saved, no page is opened", async () => {
  const window = await Window.open(browser);

  await window.write("send me the manual");
  const { id } = await desk.find("send me the manual");
  const files = await Promise.all([[PICTURE, "photo.png"], [Buffer.from("<script>parent.hurt = 1</script>"), "page.html"]]
    .map(async ([content, name]) => ({ blob: (await desk.upload(content)).blob, name })));

  await desk.say(id, "Here it is", { attachments: files });
  await window.frame.waitForSelector("button.file img");
  assert.equal(await window.frame.$eval("button.file img", part => part.naturalWidth), 2);
  assert.equal((await window.frame.$$("button.file img")).length, 1);
  const [download] = await Promise.all([window.page.waitForEvent("download"), window.frame.click("text=page.html")]);

  assert.equal(download.suggestedFilename(), "page.html");
  assert.equal(fs.readFileSync(await download.path(), "utf8"), "<script>parent.hurt = 1</script>");
  await window.frame.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  await window.frame.evaluate(() => Promise.all(document.getAnimations().map(animation => animation.finished)));
  const { violations } = await window.frame.evaluate(() => globalThis.axe.run(document));

  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)]), []);
  assert.deepEqual(window.complaints, [], "the policies allow it");
  await window.close();
});

test("refused in plain words, and everything else stays", async () => {
  const window = await Window.open(browser);

  await window.frame.fill("#body", "typed before");
  await hand(window, "drop", { ...text("huge.txt"), size: 10 * 1024 * 1024 + 1 });
  await says(window, "Too large: a file can have 10 MB");
  await choose(window, { name: "fake.png", mimeType: "image/png", buffer: Buffer.from("PK\x03\x04 a zip") });
  await says(window, "Files of this kind are not taken");
  await window.frame.click("[aria-label='Remove huge.txt']");
  await window.frame.focus("[aria-label='Remove fake.png']");
  await window.page.keyboard.press("Enter");
  assert.equal(await window.frame.$$eval("#messages li", parts => parts.length), 0);
  assert.equal(await window.frame.inputValue("#body"), "typed before");
  await window.close();
});

test("it can be taken back on its way, and waits where there is no line", async () => {
  const window = await Window.open(browser);
  let held;

  await window.write("files on a bad line");
  await window.sent();
  const { id } = await desk.find("files on a bad line");

  await window.page.route(/chat\/v1\/files\?/, route => held = route);
  await choose(window, text("never.txt"));
  await until(() => held, "it is under way");
  await window.frame.click("[aria-label='Remove never.txt']");
  await held.abort().catch(() => {});
  await window.page.unroute(/chat\/v1\/files\?/);

  await window.cut();
  await choose(window, text("later.txt"));
  await says(window, "Waits for the connection. Keep this page open.");
  await window.context.setOffline(false);
  await window.sent();
  await until(async () => (await cards(window)).length === 1, "it is there");
  assert.deepEqual((await attached(id)).map(({ name }) => name), ["later.txt"]);
  await window.close();
});
