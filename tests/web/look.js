// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures of the chat, to be looked at. usage: look.js FOLDER

"use strict";

const fs = require("node:fs");
const { Window, desk, launch, until } = require("./help.js");

const folder = process.argv[2];

let asked = 0;

const speak = async window => {
  const question = `Good morning! Are ${++asked + 1} green kettles in stock?`;

  await window.write(question);
  await window.sent();
  const { id } = await desk.find(question);

  await desk.command("conversation.take", id);
  await desk.say(id, "Good morning! Yes, it is: four of them are left.\nhttps://shop.example/kettles/green tells more.");
  await until(async () => (await window.texts()).length === 2);
  await window.frame.setInputFiles("#file", [{ name: "kettle.png", mimeType: "image/png", buffer: fs.readFileSync(`${__dirname}/../../data/screenshots/conversation.png`) },
    { name: "wrong.png", mimeType: "image/png", buffer: Buffer.from("nothing") }]);
  await window.frame.waitForSelector("button.file img");
  await desk.say(id, "", { attachments: [{ blob: (await desk.upload(Buffer.from("%PDF-1.7 manual"))).blob, name: "Manual of the green kettle.pdf" }] });
  await window.write("Great 😀 And how long does it take to Vienna?");
  await desk.typing(id);
  await until(() => window.frame.$eval("#typing", part => !part.hidden));
};

(async () => {
  const browser = await launch();
  const looks = [
    ["closed", { shown: false }],
    ["greeting", {}],
    ["open", { talk: true }],
    ["dark", { talk: true, colorScheme: "dark" }],
    ["phone", { talk: true, viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }],
    ["german", { path: "/de" }],
    ["rtl", { talk: true, path: "/ar" }],
    ["rtl-closed", { shown: false, path: "/ar" }],
    ["code", { way: "code" }],
    ["code-dark-rtl", { way: "code", path: "/ar", colorScheme: "dark" }],
    ["mail", { way: "mail" }],
    ["mail-phone", { way: "mail", path: "/de", viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }],
  ];

  for (const [name, { talk, way, ...options }] of looks) {
    const window = await Window.open(browser, options);

    if (talk)
      await speak(window);
    if (way) {
      await window.frame.fill("#body", "Do you deliver to Vienna?");
      await window.frame.click(`#way-${way}`);
      await window.frame.waitForSelector("#help");
    }
    await window.page.waitForTimeout(300);
    await window.page.screenshot({ path: `${folder}/${name}.png` });
    await window.close();
  }
  await browser.close();
})();
