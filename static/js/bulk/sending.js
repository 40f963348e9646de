// Sends some messages to be explained, and tries again where that helps. The server keeps nothing between two requests,
// so a chunk whose answer got lost is simply sent once more.

// Seconds before each new try, after the connection or the worker broke.
const PAUSES = [0.5, 1, 2, 4, 8];
const LONGEST_WAIT = 120_000;
const PASSING = [500, 502, 503, 504];

// Nothing more can be sent for now; `code` says why: unreachable, signed-out.
export class Interrupted extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// Waits, and ends at once when `signal` does.
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

async function post(address, messages) {
  const body = new Blob([`${JSON.stringify(messages.map((bytes) => bytes.length))}\n`, ...messages], { type: "application/octet-stream" });
  try {
    return await fetch(address, { method: "POST", body, cache: "no-store", signal: AbortSignal.timeout(LONGEST_WAIT) });
  } catch {
    return null;
  }
}

async function contentOf(answer) {
  try {
    return await answer.json();
  } catch {
    return null; // cut off, or another page than ours
  }
}

// Returns [{ rows } or { error }] for some messages, in their order. `signal` ends the waiting between two tries, never a
// request under way; `onWait(seconds)` hears that the server asks for patience.
export async function explain(address, messages, signal, onWait) {
  for (let tries = 0; ;) {
    const answer = await post(address, messages);
    if (answer?.redirected) throw new Interrupted("signed-out");
    const content = answer && await contentOf(answer);
    if (answer?.ok && content?.messages?.length === messages.length) return content.messages;
    if (answer?.status === 429) {
      const seconds = content?.wait || Number(answer.headers.get("Retry-After")) || 1;
      onWait(seconds);
      await pause(seconds, signal);
    } else if (answer && !answer.ok && !PASSING.includes(answer.status)) {
      if (messages.length === 1) return [{ error: { code: answer.status === 413 ? "too-large" : "refused" } }];
      const half = messages.length >> 1;
      const first = await explain(address, messages.slice(0, half), signal, onWait);
      return [...first, ...await explain(address, messages.slice(half), signal, onWait)];
    } else {
      if (tries === PAUSES.length) throw new Interrupted("unreachable");
      await pause(PAUSES[tries++], signal);
    }
  }
}
