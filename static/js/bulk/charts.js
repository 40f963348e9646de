// Charts that are tables: the numbers stand in cells, to be read, copied and heard; the bars are drawn beside them.

const SVG = "http://www.w3.org/2000/svg";

function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const made = (name, ...children) => {
  const element = document.createElement(name);
  element.append(...children);
  return element;
};

function picture(width, height, kind) {
  return drawn("svg", { class: kind, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
}

function bar({ failed, late }, most) {
  const line = picture(1000, 10, "bar-line");
  const [one, two] = [failed, late].map((count) => Math.round((count / most) * 1000));
  if (one) line.append(drawn("rect", { class: "is-failed", width: one, height: 10 }));
  if (two) line.append(drawn("rect", { class: "is-late", x: one, width: two, height: 10 }));
  return line;
}

// Fills the body of a table with the first rows of a tally and one for the rest. `labelOf(key)` returns a node or words;
// `rest(count)` words for the others; `number` writes a number.
export function fillBars(body, rows, limit, { labelOf, rest, number }) {
  const shown = rows.slice(0, limit);
  const others = rows.slice(limit).reduce((sum, row) => ({ failed: sum.failed + row.failed, late: sum.late + row.late }), { failed: 0, late: 0 });
  const most = Math.max(1, ...shown.map((row) => row.failed + row.late));
  const lines = shown.map((row) => line(labelOf(row.key), row, bar(row, most), number));
  if (rows.length > limit) lines.push(line(rest(rows.length - limit), others, "", number));
  body.replaceChildren(...lines);
}

function line(label, { failed, late }, drawing, number) {
  const head = made("th", made("span", label), drawing);
  head.scope = "row";
  return made("tr", head, made("td", number(failed)), made("td", number(late)));
}

const DAY = 86_400_000;
const LONGEST = 3653 * DAY;

// Returns one row for each day between the first and the last, or each month where there are more than `most` days. Days
// further back than ten years are mistakes in a mail, and stay away.
export function withoutGaps(rows, most = 92) {
  const known = rows.filter(({ key }) => /^\d{4}-\d\d-\d\d$/.test(key) && !Number.isNaN(Date.parse(key))).sort((one, other) => (one.key < other.key ? -1 : 1));
  if (!known.length) return { rows: [], unit: "day" };
  const last = Date.parse(known.at(-1).key);
  while (Date.parse(known[0].key) < last - LONGEST) known.shift();
  const first = Date.parse(known[0].key);
  const unit = (last - first) / DAY < most ? "day" : "month";
  const sums = new Map();
  const keyOf = (key) => (unit === "day" ? key : key.slice(0, 7));
  for (let day = first; day <= last; day += DAY) sums.set(keyOf(new Date(day).toISOString().slice(0, 10)), { failed: 0, late: 0 });
  for (const { key, failed, late } of known) {
    const sum = sums.get(keyOf(key));
    sums.set(keyOf(key), { failed: sum.failed + failed, late: sum.late + late });
  }
  return { rows: [...sums].map(([key, sum]) => ({ key, ...sum })), unit };
}

// Draws columns of rows, side by side.
export function columns(rows) {
  const most = Math.max(1, ...rows.map(({ failed, late }) => failed + late));
  const drawing = picture(rows.length * 10, 100, "columns");
  rows.forEach(({ failed, late }, at) => {
    const [one, two] = [failed, late].map((count) => (count / most) * 100);
    if (failed) drawing.append(drawn("rect", { class: "is-failed", x: at * 10 + 1, y: 100 - one, width: 8, height: one }));
    if (late) drawing.append(drawn("rect", { class: "is-late", x: at * 10 + 1, y: 100 - one - two, width: 8, height: two }));
  });
  return { drawing, most };
}

export { made };
