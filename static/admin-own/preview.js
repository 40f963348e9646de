// Shows, beside the form, the public page of what is written in it, in the language of the open tab. The last good
// page stays while something is wrong or not written yet. Without this script the form works as it does elsewhere.
const place = document.getElementById("preview");
const form = document.querySelector("#content-main form");
const KEPT = "rimbalzo-preview";
const roomy = matchMedia("(min-width: 80rem)");

if (place && form) {
  const button = place.querySelector("button");
  const frame = place.querySelector("iframe");
  const said = place.querySelector("[role=status]");
  let language = place.dataset.language;
  let waiting;
  let running;

  async function show() {
    running?.abort();
    running = new AbortController();
    const body = new FormData(form);
    body.append("preview-language", language);
    try {
      const options = { method: "POST", body, credentials: "same-origin", signal: running.signal };
      const answer = await fetch(place.dataset.address, options);
      if (!answer.ok) throw new Error(answer.status);
      const page = await answer.json();
      say(page.error ?? page.needs ?? "", "error" in page);
      if (page.html && frame.srcdoc !== page.html) turn(page);
    } catch (error) {
      if (error.name !== "AbortError") say(place.dataset.failed, true);
    }
  }

  function say(sentence, isWrong) {
    said.textContent = sentence;
    said.classList.toggle("is-wrong", isWrong);
  }

  // The page stays where the editor has scrolled it.
  function turn(page) {
    const top = frame.contentWindow?.scrollY ?? 0;
    const isFirst = !frame.srcdoc;
    frame.onload = () => {
      const entry = isFirst && page.place && frame.contentDocument.getElementById(page.place);
      frame.contentWindow.scrollTo(0, entry ? entry.getBoundingClientRect().top : top);
    };
    frame.srcdoc = page.html;
    frame.hidden = false;
  }

  function soon() {
    if (place.dataset.open === undefined) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, 500);
  }

  function open(isOpen) {
    button.ariaExpanded = String(isOpen);
    place.toggleAttribute("data-open", isOpen);
    place.parentElement.classList.toggle("with-preview", isOpen);
    if (isOpen) show();
  }

  button.addEventListener("click", () => {
    const isOpen = place.dataset.open === undefined;
    if (roomy.matches) localStorage.setItem(KEPT, isOpen ? "open" : "closed");
    open(isOpen);
  });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // What widgets change, and which tab is open, is told to jQuery only.
  const jQuery = window.jQuery ?? window.django?.jQuery;
  jQuery?.(form).on("change", soon);
  jQuery?.(form).on("tabsactivate", (_event, { newTab }) => {
    const chosen = newTab.text().trim().slice(0, 2);
    if (chosen === language) return;
    language = chosen;
    soon();
  });
  place.hidden = false;
  open(roomy.matches && localStorage.getItem(KEPT) !== "closed");
}
