// Suggestions while typing: htmx fetches the options, this makes field and list a combobox, as ARIA's pattern has it.
// What is typed is only asked about while it looks like a code or a few words: no address and no bounce is sent.

const SHORTEST = 2;
const LONGEST = 80;

// A text area may be no combobox: in the bar a line takes its place. The text area stays, for what is pasted with its lines.
function lineFor(area) {
  const line = document.createElement("input");
  for (const { name, value } of [...area.attributes]) {
    if (name !== "rows" && name !== "name") line.setAttribute(name, value);
    if (name.startsWith("hx-") || name.startsWith("data-") || name === "id") area.removeAttribute(name);
  }
  line.type = "text";
  line.value = area.value;
  line.addEventListener("input", () => { area.value = line.value; });
  area.hidden = true;
  area.before(line);
  return line;
}

function suggest(field) {
  const list = document.getElementById(field.dataset.suggests);
  const combobox = field.tagName === "INPUT";
  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  if (combobox) field.setAttribute("role", "combobox");

  function open(shown) {
    list.hidden = !shown;
    if (combobox) field.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(-1);
  }

  function choose(place) {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options()[place];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }

  const go = (option) => { location.assign(option.dataset.address); };

  function asksForWords() {
    const text = field.value.trim();
    return text.length >= SHORTEST && text.length <= LONGEST && !/[\n@]/.test(text);
  }

  field.addEventListener("htmx:configRequest", (event) => {
    if (!asksForWords()) {
      event.preventDefault();
      open(false);
    }
  });
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (!asksForWords() || document.activeElement !== field) event.preventDefault();
  });
  list.addEventListener("htmx:afterSwap", () => {
    for (const option of options()) option.id = `${list.id}-${option.id}`;
    const count = options().length;
    open(count > 0);
    choose(-1);
    if (count) document.getElementById("said").textContent = document.body.dataset.suggestions.replace("0", String(count));
  });
  field.addEventListener("input", () => { if (!asksForWords()) open(false); });
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const count = options().length;
    const places = { ArrowDown: (chosen + 2) % (count + 1) - 1, ArrowUp: (chosen + count + 1) % (count + 1) - 1 };
    if (event.key in places) choose(places[event.key]);
    else if (event.key === "Enter" && chosen >= 0) go(options()[chosen]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The field would lose focus, and the list close, before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  open(false);
}

// Answers come and go within the page (answer.js): each body's fields are prepared once.
const prepared = new WeakSet();
function prepare() {
  for (const field of document.querySelectorAll("[data-suggests]")) {
    if (prepared.has(field)) continue;
    const line = field.tagName === "TEXTAREA" && field.rows === 1 ? lineFor(field) : field;
    prepared.add(line);
    suggest(line);
  }
}
prepare();
document.addEventListener("answer-shown", prepare);
