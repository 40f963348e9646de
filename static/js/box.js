// The box: Ctrl+Enter sends it, a chosen or dropped file is sent at once, and Ctrl+V anywhere explains what was copied.

const main = document.querySelector("form.box[data-explains]");
const form = main ?? document.querySelector("form[data-explains]");
const area = form?.querySelector("textarea[name=text]");
const said = document.getElementById("said");
const words = document.body.dataset;

const isField = (element) => element.closest?.("input, textarea, select, [contenteditable]");

function send(text, file) {
  if (text !== undefined) area.value = text;
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

if (form) {
  form.addEventListener("keydown", (event) => {
    const single = area.rows === 1 && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (single || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.files.length) form.requestSubmit();
  });

  document.addEventListener("paste", (event) => {
    const inBox = event.target === area;
    const file = event.clipboardData.files[0];
    const text = event.clipboardData.getData("text/plain");
    if (file && !text && (inBox || !isField(event.target))) {
      event.preventDefault();
      send(undefined, file);
    } else if (text.trim() && area.rows === 1 && inBox && text.trim().includes("\n")) {
      event.preventDefault();
      send(text);
    } else if (text.trim() && !isField(event.target)) {
      event.preventDefault();
      send(text);
    }
  });

  let veil;
  const lift = () => { veil?.remove(); veil = undefined; };
  const carriesSomething = (event) => [...event.dataTransfer.types].some((type) => type === "Files" || type === "text/plain");
  document.addEventListener("dragover", (event) => {
    if (!carriesSomething(event) || (isField(event.target) && !event.dataTransfer.types.includes("Files"))) return;
    event.preventDefault();
    if (!veil && event.dataTransfer.types.includes("Files")) {
      veil = document.createElement("div");
      veil.className = "drop veil";
      veil.append(Object.assign(document.createElement("p"), { textContent: words.drop }));
      document.body.append(veil);
    }
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) lift(); });
  document.addEventListener("drop", (event) => {
    lift();
    const file = event.dataTransfer.files[0];
    if (file) {
      event.preventDefault();
      send(undefined, file);
    } else if (!isField(event.target)) {
      event.preventDefault();
      const text = event.dataTransfer.getData("text/plain");
      if (text.trim()) send(text);
      else said.textContent = words.noFile;
    }
  });
}

// After a form was sent, whoever reads by ear starts at the answer.
document.querySelector("[data-focus]")?.focus({ preventScroll: true });
