// The answer to what is sent to be explained is shown in this page, not loaded as one of its own: nobody may keep an
// answer, so that Back could only ask whether to send the form again. Here Back and Forward find text and answer as they
// were, in the memory of this tab and nowhere else. Where anything goes wrong the browser sends the form itself.

const kept = new Map();
const MOST_KEPT = 12;
let number = history.state?.answer ?? 0;
let path = location.pathname;
let plainly = false;

function keep() {
  kept.set(number, { body: document.body, title: document.title, lang: document.documentElement.lang, scroll: scrollY });
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
}

function show({ body, title, lang, scroll = 0 }) {
  document.body.replaceWith(body);
  document.title = title;
  document.documentElement.lang = lang;
  document.dispatchEvent(new Event("answer-shown")); // whoever prepares fields prepares those of this body
  window.htmx?.process(document.body);
  scrollTo({ top: scroll, behavior: "instant" });
}

function arrive(text, address) {
  const page = new DOMParser().parseFromString(text, "text/html");
  keep();
  number += 1;
  history.pushState({ answer: number }, "", address);
  path = location.pathname;
  show({ body: document.adoptNode(page.body), title: page.title, lang: page.documentElement.lang });
}

// Another module shows a page here without losing what it holds (see bulk/page.js).
document.addEventListener("page-arrived", ({ detail: { text, address } }) => arrive(text, address));

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  if (event.defaultPrevented || plainly || !action?.endsWith("/explain/") || submitter?.value === "json") return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const answer = await fetch(action, { method: "POST", body: new FormData(form, submitter) });
    form.ariaBusy = "false";
    if (answer.redirected) return location.assign(answer.url);
    arrive(await answer.text(), action);
    document.querySelector("[data-focus], [autofocus]")?.focus({ preventScroll: true });
  } catch {
    form.ariaBusy = "false";
    plainly = true;
    form.requestSubmit(submitter);
  }
});

addEventListener("popstate", (event) => {
  if (location.hash && event.state === null && location.pathname === path) return; // a link within the page
  const wanted = event.state?.answer ?? 0;
  if (wanted === number) return;
  keep();
  if (!kept.has(wanted)) return location.reload();
  number = wanted;
  path = location.pathname;
  show(kept.get(wanted));
});
