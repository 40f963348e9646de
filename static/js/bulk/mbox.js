// Cuts a mailbox into its messages by the same rule as codes/bounce/files.py, some megabytes at a time: what is found
// are places in the file, never its content.

export const BLOCK = 4 << 20;
// A line of this length begins no message; so much is carried from one block to the next.
const LONGEST_LINE = 8 << 20;
// A line "From …" with a time in it, and a header below. The line before it ends with \n: in Python's (?m)^ no other does.
const BEGINS = /\nFrom [^\n]*\d\d:\d\d[^\n]*\n(?=[A-Za-z][A-Za-z0-9-]*:)/g;
// One character a byte, so that places in the text are places in the file.
const latin1 = new TextDecoder("latin1");

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

// Whether a file's first bytes may be a mailbox's: "From ", after nothing but white space.
export function maybeMailbox(head) {
  const text = latin1.decode(head.subarray(0, 4096)).replace(/^[ \t\n\r\v\f]+/, "");
  return text === "" || text.startsWith("From ");
}

async function* beginnings(blob, block) {
  let carried = "\n";
  let place = -1;
  for (let from = 0; from < blob.size; from += block) {
    const text = carried + latin1.decode(await bytesOf(blob.slice(from, from + block)));
    // What may go on in the next block is looked at again with it: the last whole line, and what follows.
    const last = from + block >= blob.size;
    const end = last ? text.length : Math.max(0, text.lastIndexOf("\n", text.lastIndexOf("\n") - 1));
    BEGINS.lastIndex = 0;
    const here = [];
    for (let match = BEGINS.exec(text); match && match.index < end; match = BEGINS.exec(text)) here.push(place + match.index + 1);
    for (const one of here) yield one;
    const keep = text.length - end > LONGEST_LINE ? text.length : end;
    carried = text.slice(keep);
    place += keep;
  }
}

// Yields { start, end, number } of each message, numbered from 1; of what is no mailbox the whole, numbered 0.
export async function* cut(blob, head, block = BLOCK) {
  const whole = { start: 0, end: blob.size, number: 0 };
  if (!maybeMailbox(head)) {
    yield whole;
    return;
  }
  let previous;
  let number = 0;
  for await (const start of beginnings(blob, block)) {
    if (previous === undefined && (await blob.slice(0, start).text()).trim()) break;
    if (previous !== undefined) yield { start: previous, end: start, number: ++number };
    previous = start;
  }
  yield number ? { start: previous, end: blob.size, number: number + 1 } : whole;
}
