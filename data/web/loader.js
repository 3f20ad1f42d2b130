// SPDX-License-Identifier: GPL-3.0-or-later

// The button on the company's page, and the panel, an <iframe> that is loaded when it is opened first. What there is to remember is kept here:
// browsers give foreign frames no storage that lasts. The engine calls this with the settings: {key, color, words: {language: {open, close, unread, dir}}}.
(settings => {
  "use strict";

  const script = document.currentScript;
  const server = new URL(script.src).origin;
  const prefix = `liaison:${settings.key}:`;
  // Where the browser keeps nothing, as long as the page.
  const memory = new Map();
  // For the panel, until it listens.
  const waiting = [];

  let frame = null;
  let listening = false;
  let shown = false;
  let unread = 0;
  let identity = null;

  const pickLanguage = () => {
    const wanted = (script.dataset.lang || document.documentElement.lang || navigator.language || "").toLowerCase();
    const known = Object.keys(settings.words);

    return known.find(name => name === wanted) || known.find(name => name === wanted.split("-")[0]) || known[0];
  };
  const language = pickLanguage();
  const words = settings.words[language];


  const keep = (name, value) => {
    if (value === null)
      memory.delete(name);
    else
      memory.set(name, value);
    try {
      localStorage[value === null ? "removeItem" : "setItem"](prefix + name, value);
    } catch {
      // Blocked, or full.
    }
  };

  const recall = () => {
    try {
      for (const key of Object.keys(localStorage))
        if (key.startsWith(prefix))
          memory.set(key.slice(prefix.length), localStorage.getItem(key));
    } catch {
      // Blocked.
    }

    return Object.fromEntries(memory);
  };

  // In this tab, over its pages; asked, or set.
  const isOpenHere = value => {
    try {
      if (value === undefined)
        return sessionStorage.getItem(prefix + "open") !== null;
      sessionStorage[value && memory.has("token") ? "setItem" : "removeItem"](prefix + "open", "");
    } catch {
      // Blocked.
    }

    return false;
  };


  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  const label = document.createElement("span");
  const [svg, path] = ["svg", "path"].map(name => document.createElementNS("http://www.w3.org/2000/svg", name));
  // Allowed where the page's policy forbids <style>.
  const style = new CSSStyleSheet();

  const onColor = color => {
    const [red, green, blue] = [1, 3, 5].map(at => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);

    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
  };

  style.replaceSync(`
    :host { all: initial }
    button, iframe { position: fixed; inset-inline-end: 20px; z-index: 2147483000; border: 0; box-sizing: border-box }
    button { bottom: 20px; display: flex; align-items: center; gap: 10px; min-height: 52px; padding: 0 20px; border-radius: 26px; cursor: pointer;
      font: 600 15px/1.4 system-ui, sans-serif; color: ${onColor(settings.color)}; background: ${settings.color}; box-shadow: 0 4px 16px #0004 }
    button:hover { filter: brightness(1.08) }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #000 }
    svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
    iframe { bottom: 88px; width: 384px; height: min(640px, 100vh - 108px); max-width: calc(100vw - 40px); border-radius: 16px;
      box-shadow: 0 12px 40px #0005; color-scheme: normal; background: Canvas }
    [hidden] { display: none }
    @media (max-width: 480px), (max-height: 420px) {
      iframe { inset: 0; width: 100%; max-width: none; height: 100%; border-radius: 0 }
      iframe:not([hidden]) ~ button { display: none }
    }
    @media (prefers-reduced-motion: no-preference) {
      iframe:not([hidden]) { animation: rise .18s ease-out }
      @keyframes rise { from { opacity: 0; transform: translateY(12px) } }
    }
    @media print { button, iframe { display: none } }`);
  root.adoptedStyleSheets = [style];
  host.dir = words.dir;
  host.lang = language;

  const paint = () => {
    label.textContent = shown ? words.close : unread > 0 ? words.unread.replace("%d", unread.toLocaleString(language)) : words.open;
    path.setAttribute("d", shown ? "M6 6l12 12M18 6L6 18" : "M4 5h16v11H10l-5 4v-4H4z");
    button.setAttribute("aria-expanded", String(shown));
  };


  const tell = message => {
    if (listening)
      frame.contentWindow.postMessage(message, server);
    else
      waiting.push(message);
  };

  const load = () => {
    if (frame)
      return;
    frame = document.createElement("iframe");
    frame.title = words.open;
    frame.hidden = true;
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox";
    frame.src = `${server}/chat/widget/frame?site=${encodeURIComponent(settings.key)}&lang=${encodeURIComponent(language)}`;
    button.before(frame);
  };

  // Once she, or the site for her, has agreed: where she goes in this tab, for whoever she chats with. Until she chats it goes nowhere.
  const notePage = () => {
    const agreed = settings.trail && memory.get("trail") === "1";
    const url = location.origin + location.pathname;
    let pages = [];

    try {
      pages = agreed ? JSON.parse(sessionStorage.getItem(prefix + "pages")) || [] : [];
      if (agreed && pages.at(-1)?.url !== url)
        pages.push({ url, title: document.title.slice(0, 300), at: new Date().toISOString() });
      pages = pages.slice(-10);
      sessionStorage[agreed ? "setItem" : "removeItem"](prefix + "pages", JSON.stringify(pages));
    } catch {
      // Blocked.
    }
    if (frame && settings.trail)
      tell({ t: "pages", pages, agreed: memory.get("trail") });
  };

  const consent = yes => {
    if (!settings.trail)
      return;
    keep("trail", yes ? "1" : "0");
    notePage();
  };

  const show = (wanted, byHand) => {
    if (wanted)
      load();
    if (frame)
      frame.hidden = !wanted;
    if (wanted)
      unread = 0;
    shown = wanted;
    isOpenHere(wanted);
    paint();
    if (frame)
      tell({ t: "shown", shown, focus: byHand });
    if (!wanted && byHand)
      button.focus();
  };

  const heard = {
    ready() {
      listening = true;
      tell({ t: "start", kept: recall(), color: settings.color, jwt: identity });
      waiting.splice(0).forEach(tell);
      notePage();
    },
    consent({ yes }) {
      consent(yes === true);
    },
    keep({ name, value }) {
      if (typeof name === "string" && (value === null || typeof value === "string"))
        keep(name, value);
      isOpenHere(shown);
    },
    unread({ n }) {
      unread = n | 0;
      paint();
    },
    close() {
      show(false, true);
    },
    where() {
      tell({ t: "where", url: location.href, title: document.title });
    },
  };

  addEventListener("message", event => {
    if (frame && event.source === frame.contentWindow && event.origin === server)
      heard[event.data.t]?.(event.data);
  });

  addEventListener("storage", event => {
    if (frame && event.key && event.key.startsWith(prefix))
      tell({ t: "kept", name: event.key.slice(prefix.length), value: event.newValue });
  });

  const forget = () => {
    identity = null;
    for (const name of Object.keys(recall()))
      keep(name, null);
    memory.clear();
    notePage();
    show(false, false);
    if (frame)
      frame.remove();
    frame = null;
    listening = false;
    waiting.length = 0;
  };

  window.Liaison = {
    open: () => show(true, true),
    close: () => show(false, false),
    identify(jwt) {
      identity = jwt;
      if (frame)
        tell({ t: "identify", jwt });
    },
    consent,
    logout: forget,
  };

  button.type = "button";
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(path);
  button.append(svg, label);
  button.addEventListener("click", () => show(!shown, true));
  root.append(button);
  paint();

  const begin = () => {
    document.body.append(host);
    const kept = recall();
    notePage();
    // Pages that only pretend to be new ones.
    window.navigation?.addEventListener("navigatesuccess", notePage);
    if (isOpenHere() && kept.token)
      show(true, false);
    else if (kept.live)
      // She waits for an answer, which the button shows.
      load();
  };

  if (document.body)
    begin();
  else
    addEventListener("DOMContentLoaded", begin);
})
