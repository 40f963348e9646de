// One switch for the languages of the whole form, and a mark at each tab whose text is missing while another
// language has one. The tabs themselves are modeltranslation's; without this script they work one by one.
const bar = document.getElementById("languages");

function groups() {
  return [...document.querySelectorAll(".ui-tabs")].map((group) =>
    [...group.querySelectorAll(".ui-tabs-nav a")].map((tab) => {
      const panel = document.getElementById(tab.hash.slice(1));
      const fields = [...(panel?.querySelectorAll("textarea, input[type=text]") ?? [])];
      return { tab, language: tab.textContent.trim().slice(0, 2), fields };
    }),
  );
}

function mark() {
  const missing = {};
  for (const group of groups()) {
    const filled = group.some(({ fields }) => fields.some((field) => field.value.trim()));
    for (const { tab, language, fields } of group) {
      const lacks = filled && fields.length > 0 && fields.every((field) => !field.value.trim());
      tab.classList.toggle("lacks-text", lacks);
      const isOlder = !lacks && language === bar.dataset.older;
      tab.classList.toggle("older-text", isOlder);
      tab.title = lacks ? bar.dataset.missing : isOlder ? bar.dataset.isOlder : "";
      missing[language] = (missing[language] ?? 0) + lacks;
    }
  }
  for (const button of bar.querySelectorAll("button")) {
    const number = missing[button.value] ?? 0;
    button.querySelector("span").textContent = number ? ` (${bar.dataset.missing}: ${number})` : "";
  }
}

function show(language) {
  for (const group of groups()) group.find((one) => one.language === language)?.tab.click();
  for (const button of bar.querySelectorAll("button")) button.ariaPressed = String(button.value === language);
}

function begin() {
  bar.hidden = false;
  mark();
  document.querySelector("#content-main form").addEventListener("input", mark);
  for (const button of bar.querySelectorAll("button")) button.addEventListener("click", () => show(button.value));
  // Who comes from a public page edits in its language.
  const page = document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer).pathname.slice(1, 4);
  if (page === "it/" || page === "en/") show(page.slice(0, 2));
}

// jQuery makes the tabs when it thinks the page is ready: on a busy machine that is after the page's own load event.
function whenTabsAreMade(then) {
  const made = () => document.querySelector(".ui-tabs");
  if (made()) return then();
  const observer = new MutationObserver(() => {
    if (!made()) return;
    observer.disconnect();
    then();
  });
  observer.observe(document.body, { subtree: true, attributeFilter: ["class"] });
}

if (bar) whenTabsAreMade(begin);
