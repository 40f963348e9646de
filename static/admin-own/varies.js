// Makes a pattern of a reply: what the editor selects in it and marks as varying becomes *, and its own words again
// when it is marked once more. Without this script a pattern is typed.
const place = document.getElementById("varies");
const form = place?.closest("form");
const patterns = form?.elements.patterns;
const examples = form?.elements.examples;

function linesOf(field) {
  return field.value.split("\n").filter((line) => line.trim());
}

if (place && patterns && examples) {
  const reply = place.querySelector("textarea");
  const shown = place.querySelector("output");
  const oneLine = (text) => text.replace(/\s+/g, " ");
  // Where the reply varies: pairs of positions, in order, apart from one another.
  let marks = [];
  // What this has written into the two fields, so that it is replaced and not repeated.
  let pattern = linesOf(patterns).length === 1 ? patterns.value.trim() : "";
  let example = linesOf(examples).length === 1 ? examples.value.trim() : "";

  // The pieces of the reply, each with whether it varies.
  function pieces() {
    const found = [];
    let end = 0;
    for (const [from, to] of marks) {
      found.push([reply.value.slice(end, from), false], [reply.value.slice(from, to), true]);
      end = to;
    }
    return [...found, [reply.value.slice(end), false]];
  }

  function write(field, before, now) {
    const lines = linesOf(field);
    const at = lines.findIndex((line) => line.trim() === before);
    if (before && at >= 0) lines[at] = now;
    else if (!lines.includes(now)) lines.push(now);
    field.value = lines.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return now;
  }

  function show() {
    shown.replaceChildren(
      ...pieces().map(([text, isVarying]) => {
        const piece = document.createElement(isVarying ? "mark" : "span");
        piece.textContent = text;
        return piece;
      }),
    );
  }

  function toggle() {
    let from = reply.selectionStart;
    let to = reply.selectionEnd;
    while (from < to && /\s/.test(reply.value[from])) from++;
    while (to > from && /\s/.test(reply.value[to - 1])) to--;
    const touched = marks.filter(([start, end]) => start < Math.max(to, from + 1) && end > from);
    if (touched.length) marks = marks.filter((mark) => !touched.includes(mark));
    else if (to > from) marks = [...marks, [from, to]].sort(([one], [other]) => one - other);
    else return;
    const text = pieces().map(([piece, isVarying]) => (isVarying ? "*" : piece)).join("");
    example = write(examples, example, oneLine(reply.value).trim());
    pattern = write(patterns, pattern, oneLine(text).replace(/^[*\s]+|[*\s]+$/g, ""));
    show();
    reply.focus();
  }

  reply.value = example;
  reply.addEventListener("input", () => {
    marks = [];
    show();
  });
  place.querySelector("button").addEventListener("click", toggle);
  form.querySelector(".field-patterns")?.before(place);
  place.hidden = false;
  show();
}
