// Shows, while a known message is written, what it would find. Without this script the form says so when it is saved.
const place = document.getElementById("trial");
const form = place?.closest("form");
const FIELDS = ["patterns", "examples", "provider", "system", "weight"];
let waiting;
let newest = 0;

async function show() {
  const number = ++newest;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("own", place.dataset.own);
  for (const name of FIELDS) body.append(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(place.dataset.address, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok || number !== newest) return;
    const text = await answer.text();
    // ours, escaped by the server
    if (number === newest) place.innerHTML = text;
  } catch {
    // offline for a moment: the next key tries again
  }
}

if (form) {
  form.querySelector(".field-weight")?.after(place);
  form.addEventListener("input", (event) => {
    if (!FIELDS.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
  show();
}
