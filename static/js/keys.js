// Single keys, each a visible button's: none inside a field, none with another key, and all of them can be turned off.
// The table on the page of keys says what they do; "?" shows it over the page, so that an explanation is not lost.

const words = () => document.body.dataset;
const isField = (element) => element.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
const turnedOff = () => /(?:^|; )keys=off(?:;|$)/.test(document.cookie);

// The recipient whose block holds what is in focus on the screen, else the one being read, else the only one.
function block() {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const focused = bottom > 0 && top < innerHeight && document.activeElement.closest(".fate");
  if (focused) return focused;
  const blocks = [...document.querySelectorAll(".fate")];
  const shown = blocks.filter((each) => each.getBoundingClientRect().top <= innerHeight / 3);
  return shown.at(-1) ?? blocks[0] ?? document;
}

function press(selector, within = document) {
  const element = within.querySelector(selector);
  element?.click();
  return Boolean(element);
}

function go(element) {
  if (!element) return false;
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start", behavior: "instant" });
  return true;
}

function step(by) {
  const blocks = [...document.querySelectorAll(".fate")];
  return go(blocks[blocks.indexOf(block()) + by]?.querySelector("h2"));
}

let pressed = { times: 0, at: 0 };
function copyForTicket() {
  pressed = { times: Date.now() - pressed.at < 4000 ? pressed.times + 1 : 0, at: Date.now() };
  const length = ["line", "link", "all"][pressed.times % 3];
  return press(`.ticket [data-length="${length}"]`, block());
}

async function help() {
  const shown = document.querySelector("dialog.keys");
  if (shown) return shown.close();
  const page = await fetch(words().keys).then((answer) => answer.text()).catch(() => "");
  const table = new DOMParser().parseFromString(page, "text/html").getElementById("key-list");
  if (!table) return location.assign(words().keys);
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", words().keysTitle);
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  form.append(Object.assign(document.createElement("button"), { className: "button", textContent: words().close }));
  const more = Object.assign(document.createElement("a"), { href: words().keys, textContent: words().keysTitle });
  form.className = "buttons";
  form.append(more);
  dialog.append(document.importNode(table, true), form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return true;
}

const keys = {
  "/": () => go(document.getElementById("ask") ?? document.getElementById("text") ?? document.getElementById("q")),
  n: () => press(".bar .new") || go(document.getElementById("text")),
  c: copyForTicket,
  r: () => press(".verdict [data-copy-chosen], .reply [data-copy-chosen]", block()),
  e: () => go(block().querySelector("[id$=why]")),
  l: () => press(".language"),
  j: () => step(1),
  k: () => step(-1),
  p: () => press("[data-print]"),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isField(event.target) || turnedOff()) return;
  if (document.querySelector("dialog[open]") && event.key !== "?") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : "";
  if (keys[key] && keys[key]() !== false) event.preventDefault();
});
