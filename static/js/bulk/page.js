// The page "many at once". Everything is looked up when it is needed, since pages come and go within the tab: what was
// dropped into the box of the home page leads here, and the language changes, without anything being lost.

import { columns, fillBars, made, withoutGaps } from "./charts.js";
import { csv, save } from "./csv.js";
import { Items } from "./items.js";
import { LISTS, Report } from "./report.js";
import { Run } from "./run.js";

const REFRESH = 500; // milliseconds
const SAY_EVERY = 10_000;
const PAGE = 25;
const FIRST_BARS = 8;
const MORE_BARS = 40;
const COLUMNS = ["input", "recipient", "domain", "day", "outcome", "permanence", "reply_code", "enhanced_code", "reason", "title", "who_acts", "provider", "basis", "list", "headline", "error"];

const page = () => document.querySelector("[data-bulk]");
const part = (name) => page().querySelector(`[data-part="${name}"]`);
const language = () => document.documentElement.lang;
const customs = () => ({ en: "en-GB" })[language()] ?? language(); // how numbers and days are written

let heard;
let known = {};
function words() {
  const element = document.getElementById("bulk-words");
  if (heard !== element) [heard, known] = [element, JSON.parse(element.textContent)];
  return known;
}

const number = (value) => new Intl.NumberFormat(customs(), { useGrouping: "always" }).format(value);
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

let items;
let report;
let run;
let saved;
let shown; // what lists show: the page and the filter of each
let bars;

function begin() {
  items = new Items();
  report = new Report(items);
  // The language of the headlines is that of the page on which it began.
  run = new Run(items, () => report.address, {
    onAnswer: (item, answer) => { report.add(item, answer); saved = false; },
    onState: () => { render(); say(stateSentence()); },
  });
  saved = true;
  shown = { rows: 0, errors: 0, remove: 0, retry: 0, wait: 0, reason: "", words: "" };
  bars = { reason: FIRST_BARS, provider: FIRST_BARS, domain: FIRST_BARS, who: FIRST_BARS };
}
begin();

// ---- coming and going

async function enter(address) {
  const answer = await fetch(address);
  document.dispatchEvent(new CustomEvent("page-arrived", { detail: { text: await answer.text(), address } }));
}

// Takes files, on whatever page they were dropped.
export async function take(files) {
  if (!page()) await enter(document.body.dataset.many);
  report.address ??= page().dataset.bulk;
  report.language ??= language();
  run.take(files);
  tick();
}

addEventListener("beforeunload", (event) => {
  if (!saved || run.running) event.preventDefault();
});

document.addEventListener("answer-shown", () => { if (page()) render(); });

// ---- progress

let timer;
let said = 0;
function tick() {
  clearTimeout(timer);
  if (!page()) return;
  if (run.running) timer = setTimeout(tick, REFRESH);
  render();
  if (Date.now() - said > SAY_EVERY) say(progressSentence(run.progress()));
}

function say(sentence) {
  said = Date.now();
  document.getElementById("said").textContent = sentence;
}

function size(bytes) {
  const megabytes = bytes / (1 << 20);
  return `${new Intl.NumberFormat(customs(), { maximumFractionDigits: megabytes < 10 ? 1 : 0 }).format(megabytes)} MB`;
}

function timeLeft(seconds) {
  if (seconds < 60) return filled(words().secondsLeft, { count: number(Math.max(1, Math.round(seconds))) });
  return filled(words().minutesLeft, { count: number(Math.ceil(seconds / 60)) });
}

function progressSentence({ done, found, finding }) {
  return filled(finding ? words().doneOfSoFar : words().doneOf, { done: number(done), found: number(found) });
}

function stateSentence() {
  const sentence = { stopped: words().stopped, done: words().finished, failed: words().failures[run.failure] }[run.state] ?? "";
  return [sentence, progressSentence(run.progress())].join(" ").trim();
}

function renderProgress() {
  const progress = run.progress();
  const { state } = run;
  part("progress").hidden = state === "idle";
  const bar = part("bar");
  bar.value = progress.share;
  part("state").textContent = progress.patient && state === "running" ? words().patient : { running: words().running, stopping: words().stopping, stopped: words().stopped, done: words().finished, failed: words().interrupted }[state] ?? "";
  const facts = [progressSentence(progress), filled(words().bytesOf, { done: size(progress.bytes), total: size(progress.total) })];
  if (run.running && progress.rate) facts.push(filled(words().perSecond, { count: number(Math.round(progress.rate)) }));
  if (run.running && !progress.finding && progress.left) facts.push(timeLeft(progress.left));
  part("facts").replaceChildren(...facts.map((fact) => made("span", fact)));
  part("failure").hidden = state !== "failed";
  if (state === "failed") part("failure-words").textContent = words().failures[run.failure] ?? words().failures.broken;
  part("stop").hidden = !run.running;
  part("go-on").hidden = state !== "stopped" && state !== "failed";
  part("again").hidden = run.running || state === "idle";
}

// ---- the report

const verdictIcon = (verdict) => {
  const icon = document.querySelector(".icon").cloneNode();
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${verdict}`);
  icon.append(use);
  return icon;
};

function link(kind, slug, label) {
  const element = Object.assign(made("a", label), { href: `/${language()}/${kind}/${slug}/`, target: "_blank", rel: "noopener" });
  return element;
}

const labels = {
  reason: (slug) => link("reasons", slug, reasonTitle(slug)),
  provider: (slug) => (slug ? link("providers", slug, words().providers[slug] ?? slug) : words().unknownProvider),
  domain: (domain) => domain || words().unknownDomain,
  who: (actor) => words().actors[actor] ?? actor,
};

const reasonTitle = (slug) => words().reasons[slug] ?? report.titles.get(slug) ?? slug;

function setPart(name, text) { part(name).textContent = text; }

function renderReport() {
  const { failed, late, errors, length } = report;
  part("report").hidden = !length && !errors.length;
  setPart("n-messages", number(report.messages));
  setPart("n-failed", number(failed));
  setPart("n-late", number(late));
  setPart("n-other", number(length - failed - late));
  setPart("n-unread", number(errors.length));
  const others = [...report.others].sort((one, other) => other[1] - one[1]).map(([slug, count]) => `${reasonTitle(slug)}: ${number(count)}`);
  part("others").hidden = !others.length;
  setPart("others-list", others.join(" · "));
  for (const name of ["who", "reason", "provider", "domain"]) {
    const rows = report.tallies[name].rows();
    const table = part(`chart-${name}`);
    table.closest("section").hidden = !rows.length;
    if (table.contains(document.activeElement)) continue; // nobody's focus is taken away
    fillBars(table.tBodies[0], rows, bars[name], { labelOf: labels[name], rest: (count) => filled(words().rest, { count: number(count) }), number });
    part(`more-${name}`).hidden = rows.length <= bars[name];
  }
  renderDays();
  for (const list of LISTS) renderList(list);
  renderErrors();
  renderRows();
}

const day = (key, unit) => new Intl.DateTimeFormat(customs(), unit === "day" ? { dateStyle: "medium", timeZone: "UTC" } : { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(key));

function renderDays() {
  const all = report.tallies.day.rows();
  const { rows, unit } = withoutGaps(all);
  part("days").hidden = !rows.length;
  if (!rows.length) return;
  const { drawing, most } = columns(rows);
  part("columns").replaceChildren(drawing);
  setPart("first-day", day(rows[0].key, unit));
  setPart("last-day", rows.length > 1 ? day(rows.at(-1).key, unit) : "");
  setPart("most", filled(unit === "day" ? words().mostADay : words().mostAMonth, { count: number(most) }));
  const undated = all.find(({ key }) => !key);
  setPart("undated", undated ? filled(words().undated, { count: number(undated.failed + undated.late) }) : "");
  const body = part("chart-day").tBodies[0];
  if (!part("chart-day").closest("details").open) return body.replaceChildren();
  fillBars(body, rows.filter(({ failed, late }) => failed + late), rows.length, { labelOf: (key) => day(key, unit), rest: String, number });
}

// Shows one page of something and what leads to the others.
function pager(name, count) {
  const last = Math.max(0, Math.ceil(count / PAGE) - 1);
  shown[name] = Math.min(shown[name], last);
  const from = shown[name] * PAGE;
  const bar = part(`pages-${name}`);
  bar.hidden = count <= PAGE;
  bar.querySelector("[data-turn='-1']").disabled = shown[name] === 0;
  bar.querySelector("[data-turn='1']").disabled = shown[name] === last;
  bar.querySelector("[data-where]").textContent = filled(words().fromTo, { from: number(from + 1), to: number(Math.min(count, from + PAGE)), count: number(count) });
  return [from, from + PAGE];
}

const address = (value) => {
  const [local, domain] = [value.slice(0, value.lastIndexOf("@") + 1), value.slice(value.lastIndexOf("@") + 1)];
  return Object.assign(made("span", local, document.createElement("wbr"), domain), { className: "address" });
};

function renderList(list) {
  const count = report.listed.get(list) ?? 0;
  setPart(`n-${list}`, number(count));
  for (const button of page().querySelectorAll(`[data-list="${list}"]`)) button.disabled = !count;
  const details = part(`list-${list}`).closest("details");
  details.hidden = !count;
  if (!details.open) return;
  const all = report.addressesOn(list);
  const lines = all.slice(...pager(list, all.length)).map((one) => made("li", address(one.address), " ", Object.assign(made("small", reasonTitle(one.reason)))));
  part(`list-${list}`).replaceChildren(...lines);
}

const errorSentence = ({ code, message }) => words().errors[code] ?? message ?? words().errors.refused;

function renderErrors() {
  const { errors } = report;
  part("errors").hidden = !errors.length;
  setPart("errors-count", number(errors.length));
  const lines = errors.slice(...pager("errors", errors.length)).map((error) => made("li", Object.assign(made("span", items.nameOf(error.item)), { className: "address" }), " ", made("small", errorSentence(error))));
  part("error-list").replaceChildren(...lines);
}

function rowLine(at) {
  const row = report.row(at);
  const line = made("li");
  line.dataset.verdict = words().verdicts[row.outcome] ?? "unknown";
  const headline = made("p", row.headline && report.language === language() ? row.headline : reasonTitle(row.reason));
  const facts = [Object.assign(made("span", row.input), { className: "address" })];
  if (row.recipient && !headline.textContent.includes(row.recipient)) facts.push(address(row.recipient));
  const codes = [row.reply_code, row.enhanced_code].filter(Boolean).join(" ");
  if (codes) facts.push(Object.assign(made("span", codes), { className: "code" }));
  if (row.day && !Number.isNaN(Date.parse(row.day))) facts.push(day(row.day, "day"));
  if (line.dataset.verdict !== "delivered" && words().actors[row.who_acts]) facts.push(words().actors[row.who_acts]);
  const says = Object.assign(made("p", ...facts.map((fact) => made("span", fact))), { className: "says" });
  const button = Object.assign(made("button", words().open, Object.assign(made("span", ` ${row.input}`), { className: "hidden" })), { type: "button", className: "button" });
  button.dataset.open = row.item;
  line.append(verdictIcon(line.dataset.verdict), made("div", headline, says), button);
  return line;
}

let order;
function renderRows() {
  const list = part("rows");
  if (list.contains(document.activeElement) && run.running) return;
  const { reason, words: wanted } = shown;
  const key = [report.length, reason, wanted, run.running].join("\n");
  if (order?.key !== key) order = { key, rows: report.order(reason, wanted, run.running) };
  list.replaceChildren(...[...order.rows.slice(...pager("rows", order.rows.length))].map(rowLine));
  part("no-rows").hidden = order.rows.length > 0;
  const select = part("reason");
  const slugs = report.slugs();
  if (select.options.length !== slugs.length + 1 && document.activeElement !== select) {
    const options = slugs.map((slug) => new Option(reasonTitle(slug), slug, false, slug === reason)).sort((one, other) => one.text.localeCompare(other.text, language()));
    select.replaceChildren(select.options[0], ...options);
  }
}

function render() {
  if (!page()) return;
  part("empty").hidden = run.state !== "idle";
  renderProgress();
  renderReport();
}

// ---- what leaves the page

function* csvRows() {
  for (const at of report.order()) {
    const row = report.row(at);
    yield COLUMNS.map((name) => row[name]);
  }
  for (const error of report.errors.toSorted((one, other) => items.before(one.item, other.item))) yield COLUMNS.map((name) => ({ input: items.nameOf(error.item), error: errorSentence(error) })[name]);
}

function saveAll() {
  save(csv(COLUMNS, csvRows(), language()), "rimbalzo.csv");
  saved = !run.running;
}

function saveList(list) {
  const rows = report.addressesOn(list).map(({ address: one, reason }) => [one, reason, reasonTitle(reason)]);
  save(csv(["recipient", "reason", "title"], rows, language()), `rimbalzo-${list}.csv`);
}

// The content goes with a form into a new tab: never into an address, and not through anything that is kept.
async function open(item) {
  let bytes;
  try {
    bytes = await items.load(item);
  } catch (error) {
    return say(errorSentence(error));
  }
  const form = Object.assign(document.createElement("form"), { method: "post", enctype: "multipart/form-data", target: "_blank", rel: "noopener", action: document.body.dataset.explain, hidden: true });
  const input = Object.assign(document.createElement("input"), { type: "file", name: "file" });
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "bounce.eml"));
  input.files = carried.files;
  form.append(input);
  document.body.append(form);
  form.submit();
  return form.remove();
}

const actions = {
  stop: () => run.stop(),
  "go-on": () => { run.start(); tick(); },
  again: () => { if (saved || confirm(words().lose)) { begin(); order = undefined; render(); part("choose").focus(); } },
  csv: saveAll,
  print: () => window.print(),
};

document.addEventListener("click", (event) => {
  if (!page()) return;
  const button = event.target.closest("button");
  const { action, turn, pages, list, open: item, more, csvOf } = button?.dataset ?? {};
  if (action) actions[action]();
  else if (turn) { shown[pages] += Number(turn); renderReport(); }
  else if (csvOf) saveList(csvOf);
  else if (list) button.dataset.copy = report.addressesOn(list).map((one) => one.address).join("\n");
  else if (item) open(Number(item));
  else if (more) { bars[more] += MORE_BARS; button.blur(); renderReport(); }
  const other = event.target.closest(".language");
  if (other && run.state !== "idle" && other.href) {
    event.preventDefault();
    enter(other.href).then(tick);
  }
}, { capture: true }); // before copy.js, which copies what stands in the button

document.addEventListener("toggle", (event) => { if (page()?.contains(event.target)) render(); }, { capture: true });

document.addEventListener("input", (event) => {
  const { filter } = event.target.dataset ?? {};
  if (!filter || !page()) return;
  shown[filter] = event.target.value;
  shown.rows = 0;
  renderRows();
});

if (page()) render();

// For tests and measurements.
export const inside = () => ({ items, report, run });
