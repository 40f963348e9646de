// Every heading of a page that has an address of its own gets a button that copies the link to it; copy.js copies.

const address = document.querySelector("link[rel=canonical]")?.href;
const words = document.body.dataset;

function buttonFor(heading) {
  const old = heading.querySelector(":scope > .anchor");
  old?.remove();
  const name = heading.textContent.trim().replace(/\s+/g, " ");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "anchor" });
  button.dataset.copy = `${address}#${heading.id}`;
  const icon = document.querySelector(".icon").cloneNode();
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-link");
  icon.append(use);
  const label = Object.assign(document.createElement("span"), { className: "hidden", textContent: words.linkTo.replace("…", name) });
  button.append(icon, label);
  return button;
}

if (address) {
  for (const heading of document.querySelectorAll("main :is(h2, h3)[id]")) heading.append(" ", buttonFor(heading));
}
