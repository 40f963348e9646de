// The box: Ctrl+Enter sends it, a chosen or dropped file is sent at once, and Ctrl+V anywhere explains what was copied.
// Several files, a folder, a mailbox or an archive are many bounces: bulk/page.js takes them.
// Everything is looked up when it is needed: answers come and go within the page (see answer.js).

import { areMany, chosen, dropped } from "./bulk/files.js";

const bulkPage = () => import("./bulk/page.js");
const takeMany = async (files) => (await bulkPage()).take(files);
const onBulkPage = () => document.querySelector("[data-bulk]");

const box = () => document.querySelector("form.box[data-explains]") ?? document.querySelector("form[data-explains]");
const areaOf = (form) => form.querySelector("textarea[name=text]");
const isField = (element) => element.closest?.("input, textarea, select, [contenteditable]");
const isBox = (element) => element.matches?.("form[data-explains] textarea[name=text]");

const MUCH = 100_000;

function send(text, file) {
  const form = box();
  if (text !== undefined) areaOf(form).value = text;
  if (file) {
    let input = form.querySelector("input[type=file]");
    if (!input) {
      input = Object.assign(document.createElement("input"), { type: "file", name: "file", className: "hidden" });
      form.append(input);
    }
    const carried = new DataTransfer();
    carried.items.add(file);
    input.files = carried.files;
  }
  form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !isBox(event.target)) return;
  const single = event.target.rows === 1 && !event.shiftKey && !event.isComposing;
  if (single || event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.type !== "file" || !target.files.length) return;
  if (target.dataset.takes || areMany(target)) {
    takeMany(chosen(target.files));
    target.value = "";
  } else target.form?.closest("[data-explains]")?.requestSubmit();
});

document.addEventListener("paste", (event) => {
  if (!box()) return;
  const inBox = Boolean(event.target.form?.matches("[data-explains]"));
  const file = event.clipboardData.files[0];
  const text = event.clipboardData.getData("text/plain");
  // A line takes no lines; and a browser needs minutes to insert a megabyte by itself.
  const isLine = event.target.tagName === "INPUT" || event.target.rows === 1;
  const atOnce = inBox && (text.length > MUCH || (isLine && text.trim().includes("\n")));
  if (file && !text && (inBox || !isField(event.target))) {
    event.preventDefault();
    send(undefined, file);
  } else if (text.trim() && (atOnce || !isField(event.target))) {
    event.preventDefault();
    send(text);
  }
});

let veil;
const lift = () => { veil?.remove(); veil = undefined; };
const carries = (event, type) => event.dataTransfer.types.includes(type);

document.addEventListener("dragover", (event) => {
  const files = carries(event, "Files");
  if (!box() || !(files || (carries(event, "text/plain") && !isField(event.target)))) return;
  event.preventDefault();
  if (!veil && files) {
    veil = document.createElement("div");
    veil.className = "drop veil";
    veil.append(Object.assign(document.createElement("p"), { textContent: document.body.dataset.drop }));
    document.body.append(veil);
  }
});

document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) lift(); });

document.addEventListener("drop", (event) => {
  lift();
  if (!box()) return;
  const file = event.dataTransfer.files[0];
  if (file && (onBulkPage() || areMany(event.dataTransfer))) {
    event.preventDefault();
    takeMany(dropped(event.dataTransfer));
  } else if (file) {
    event.preventDefault();
    send(undefined, file);
  } else if (!isField(event.target)) {
    event.preventDefault();
    const text = event.dataTransfer.getData("text/plain");
    if (text.trim()) send(text);
    else document.getElementById("said").textContent = document.body.dataset.noFile;
  }
});

// After a form was sent, whoever reads by ear starts at the answer.
document.querySelector("[data-focus]")?.focus({ preventScroll: true });

if (onBulkPage()) bulkPage();
document.addEventListener("answer-shown", () => { if (onBulkPage()) bulkPage(); });
