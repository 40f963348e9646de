// The run through all messages: two requests at a time, and no message counted twice whatever breaks on the way.

import { explain, Interrupted } from "./sending.js";

const IN_FLIGHT = 2;
const MOST_MESSAGES = 50;
// The first answers come soon: a worker that has just started is slow.
const FIRST_MESSAGES = 10;
const MOST_BYTES = 1 << 20;
// Seconds of the past by which speed is told.
const LOOK_BACK = 15;

// `state`: idle, running, stopping, stopped, failed (`failure` says why), done.
export class Run {
  constructor(items, address, { onAnswer, onState }) {
    Object.assign(this, { items, address, onAnswer, onState });
    this.state = "idle";
    this.finding = 0;
    this.next = 0;
    this.waiting = []; // items found, not yet sent
    this.returned = []; // chunks whose answer did not come
    this.answered = new Set();
    this.doneBytes = 0;
    this.marks = [];
    this.turn = Promise.resolve();
    this.arrived = () => {};
  }

  get done() { return this.answered.size; }

  get running() { return this.state === "running" || this.state === "stopping"; }

  // Looks for messages in some files, while those that were found are sent.
  async take(files) {
    this.finding += 1;
    this.start();
    for await (const file of files) {
      for await (const item of this.items.take(file)) {
        this.waiting.push(item);
        this.arrived();
      }
    }
    this.finding -= 1;
    this.arrived();
  }

  async start() {
    if (this.running) return;
    this.stopper = new AbortController();
    this.failure = null;
    this.marks = [];
    this.set("running");
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => this.work()));
    const left = this.returned.length || this.next < this.waiting.length || this.finding;
    if (this.failure) this.set("failed");
    else if (this.stopper.signal.aborted && left) this.set("stopped");
    else if (left) this.start();
    else this.set("done");
  }

  stop() {
    if (this.state !== "running") return;
    this.set("stopping");
    this.stopper.abort();
    this.arrived();
  }

  set(state) {
    this.state = state;
    this.onState(this);
  }

  async work() {
    while (!this.stopper.signal.aborted) {
      const chunk = await this.inTurn(() => this.chunk());
      if (!chunk) return;
      try {
        await this.deliver(chunk);
      } catch (error) {
        this.returned.push(chunk);
        if (this.stopper.signal.aborted) return;
        if (!(error instanceof Interrupted)) reportError(error);
        this.failure = error.code ?? "broken";
        this.stopper.abort();
      }
    }
  }

  // One at a time: what comes next is found out by reading files.
  inTurn(task) {
    const mine = this.turn.then(task);
    this.turn = mine.catch(() => {});
    return mine;
  }

  // Returns the next items to send, or null where there are none, and none will come.
  async chunk() {
    if (this.returned.length) return this.returned.pop();
    const chunk = [];
    let bytes = 0;
    const most = this.done ? MOST_MESSAGES : FIRST_MESSAGES;
    while (chunk.length < most && !this.stopper.signal.aborted) {
      if (this.next === this.waiting.length) {
        if (!this.finding) break;
        await new Promise((resolve) => { this.arrived = resolve; });
        continue;
      }
      const item = this.waiting[this.next];
      const opened = await this.items.opened(item);
      if (opened.length > 1) this.waiting = this.waiting.slice(0, this.next).concat(opened, this.waiting.slice(this.next + 1));
      const size = this.items.end.get(item) - this.items.start.get(item);
      if (chunk.length && bytes + size > MOST_BYTES) break;
      bytes += size;
      chunk.push(item);
      this.next += 1;
    }
    this.forget();
    return chunk.length ? chunk : null;
  }

  // Lets go of what was handed out, now and then.
  forget() {
    if (this.next < 10_000) return;
    this.waiting.splice(0, this.next);
    this.next = 0;
  }

  async deliver(chunk) {
    const messages = [];
    const sent = [];
    for (const item of chunk) {
      if (this.answered.has(item)) continue;
      try {
        messages.push(await this.items.load(item));
        sent.push(item);
      } catch (error) {
        this.answer(item, { error: { code: error.code ?? "missing" } });
      }
    }
    if (!messages.length) return;
    const answers = await explain(this.address(), messages, this.stopper.signal, (seconds) => { this.patience = performance.now() + seconds * 1000; });
    answers.forEach((answer, at) => this.answer(sent[at], answer));
  }

  answer(item, answer) {
    if (this.answered.has(item)) return;
    this.answered.add(item);
    this.doneBytes += this.items.cost.get(item);
    this.onAnswer(item, answer);
  }

  // Returns how far it is: messages done and found, the share of bytes, messages a second, and the seconds left.
  progress() {
    const now = performance.now() / 1000;
    const { done, doneBytes } = this;
    const { found, total } = this.items;
    if (this.running) this.marks.push([now, done, doneBytes]);
    while (this.marks.length > 2 && this.marks[0][0] < now - LOOK_BACK) this.marks.shift();
    const [then, doneThen, bytesThen] = this.marks[0] ?? [now, done, doneBytes];
    const seconds = now - then;
    const rate = seconds > 0.5 ? (done - doneThen) / seconds : 0;
    const speed = seconds > 0.5 ? (doneBytes - bytesThen) / seconds : 0;
    const finished = this.state === "done";
    return {
      done,
      found,
      finding: this.finding > 0,
      bytes: finished ? total : doneBytes,
      total,
      share: finished ? 1 : total ? Math.min(1, doneBytes / total) : 0,
      rate,
      left: speed > 0 ? Math.max(0, total - doneBytes) / speed : null,
      patient: (this.patience ?? 0) > performance.now(),
    };
  }
}
