// The printed page hides what the ticket hides: names in addresses, half of an IP address, and what is marked private.

const ADDRESS = /(?<![^\s<>"'«»“”(),;:])([^\s<>"'«»“”(),;:@]+)@([^\s<>"'«»“”(),;:]+)/gu;
const IP_ADDRESS = /\b(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}\b/g;

let hidden = [];

const masked = (text) => text
  .replace(ADDRESS, (_all, local, domain) => `${local.length > 2 ? `${local[0]}…${local.at(-1)}` : "…"}@${domain}`)
  .replace(IP_ADDRESS, "$1.$2.x.x");

function hide(node, text) {
  if (node.textContent === text) return;
  hidden.push([node, [...node.childNodes], node.nodeValue]);
  node.textContent = text;
}

addEventListener("beforeprint", () => {
  if (hidden.length || document.querySelector("[data-mask]")?.checked !== true) return;
  for (const element of document.querySelectorAll("main .private")) hide(element, "…");
  for (const element of document.querySelectorAll("main .address")) hide(element, masked(element.textContent));
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) hide(text, masked(text.nodeValue));
});

addEventListener("afterprint", () => {
  for (const [node, children, value] of hidden.reverse()) {
    if (node.nodeType === Node.TEXT_NODE) node.nodeValue = value;
    else node.replaceChildren(...children);
  }
  hidden = [];
});
