// Copies replies, ticket lines and links. navigator.clipboard does not exist on plain http inside networks,
// so a selected text area is the second way; where even that fails the text stays selected, and we say so.

const words = () => document.body.dataset;

function say(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
}

function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  let done = false;
  try { done = document.execCommand("copy"); } catch { done = false; }
  area.remove();
  return done;
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* not allowed: the second way */ }
  }
  return copySelected(text);
}

function confirm(button) {
  const label = button.querySelector("span");
  const use = button.querySelector("use");
  if (button.dataset.before === undefined) {
    button.dataset.before = label.textContent;
    if (use) button.dataset.icon = use.getAttribute("href");
  }
  label.textContent = words().copied;
  use?.setAttribute("href", "#i-tick");
  button.classList.add("is-done");
  say(words().copied);
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    label.textContent = button.dataset.before;
    use?.setAttribute("href", button.dataset.icon);
    button.classList.remove("is-done");
  }, 2500);
}

function chosenText(id) {
  const section = document.getElementById(id).closest("[data-reply]");
  const language = section.querySelector("input:checked")?.value;
  return section.querySelector(`textarea[lang="${language}"]`) ?? section.querySelector("textarea");
}

function ticketText(output, length) {
  const full = document.querySelector(`[data-mask="${output.id}"]`)?.checked === false;
  const line = full ? output.dataset.full : output.dataset.masked;
  if (length === "all") return full ? output.dataset.allFull : output.dataset.allMasked;
  return length === "link" ? `${line}\n${output.dataset.link}` : line;
}

function textFor(button) {
  const { copy: text, copyChosen, copyTicket, length } = button.dataset;
  if (copyChosen !== undefined) return chosenText(copyChosen).value;
  if (copyTicket !== undefined) return ticketText(document.getElementById(copyTicket), length);
  return text;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-chosen], [data-copy-ticket]");
  if (button) {
    if (await copy(textFor(button))) confirm(button);
    else {
      if (button.dataset.copyChosen !== undefined) chosenText(button.dataset.copyChosen).select();
      say(words().pressCopy);
    }
  } else if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("change", (event) => {
  const id = event.target.dataset.mask;
  if (!id) return;
  const output = document.getElementById(id);
  output.textContent = event.target.checked ? output.dataset.masked : output.dataset.full;
});
