// The messages that were found: where each lies, as places in the reader's own files. Content is read when it is needed.

import { Column } from "./columns.js";
import { BLOCK, cut } from "./mbox.js";
import { isZip, members, unpack } from "./zip.js";

export const LARGEST = 25 << 20;
// A member of an archive is unpacked in memory; a mailbox in it may be larger than a message.
const LARGEST_MEMBER = 256 << 20;
// What all archives together may unfold to.
const LARGEST_TOTAL = 8 * 2 ** 30;

const OUTLOOK = [0xd0, 0xcf, 0x11, 0xe0];
// Pictures, PDF, archives and programs, by their first bytes: they need not travel to be refused.
const BINARIES = ["\x89PNG", "\xff\xd8\xff", "GIF8", "RIFF", "%PDF", "\x1f\x8b", "7z\xbc\xaf", "Rar!", "MZ\x90", "\x7fELF"];

const starts = (head, bytes) => bytes.every((byte, at) => head[at] === byte);
const isBinary = (head) => BINARIES.some((mark) => starts(head, [...mark].map((letter) => letter.charCodeAt(0))));

// Why something is no message: a code of codes/explain/failures.py.
export class Unreadable extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class Items {
  constructor() {
    this.sources = [];
    this.source = new Column(Uint32Array);
    this.number = new Column(Uint32Array);
    this.start = new Column(Float64Array);
    this.end = new Column(Float64Array);
    this.cost = new Column(Float64Array); // bytes of the file that it stands for, to tell how far we are
    this.total = 0;
    this.unfolded = 0;
  }

  get found() { return this.source.length; }

  add(source, { number, start, end }, cost) {
    this.number.push(number);
    this.start.push(start);
    this.end.push(end);
    this.cost.push(cost);
    return this.source.push(source);
  }

  nameOf(item) {
    const number = this.number.get(item);
    return this.sources[this.source.get(item)].name + (number ? `#${number}` : "");
  }

  // Where it stands among all, in the order in which files were given.
  before(one, other) {
    return this.source.get(one) - this.source.get(other) || this.number.get(one) - this.number.get(other);
  }

  // Adds what is in a file; an Unreadable is added with what it is. Yields the number of each item.
  async* take({ name, file }) {
    const source = this.sources.push({ name, file }) - 1;
    const whole = { number: 0, start: 0, end: file?.size ?? 0 };
    this.total += whole.end;
    try {
      const head = new Uint8Array(await file.slice(0, Math.min(BLOCK, 64 << 10)).arrayBuffer());
      if (isZip(head)) yield* this.takeArchive(source, file);
      else if (starts(head, OUTLOOK) || isBinary(head)) yield this.add(source, whole, whole.end);
      else for await (const place of cut(file, head)) yield this.add(source, place, place.end - place.start);
    } catch {
      this.sources[source].error = "missing";
      yield this.add(source, whole, whole.end);
    }
  }

  async* takeArchive(source, file) {
    const { name } = this.sources[source];
    let list;
    try {
      list = await members(file);
    } catch {
      this.sources[source].error = "archive";
      yield this.add(source, { number: 0, start: 0, end: file.size }, file.size);
      return;
    }
    this.total += list.reduce((sum, member) => sum + member.packed, 0) - file.size;
    for (const member of list) {
      const inner = this.sources.push({ name: `${name}/${member.name}`, file, member }) - 1;
      this.unfolded += member.size;
      if (member.size > LARGEST_MEMBER || this.unfolded > LARGEST_TOTAL) this.sources[inner].error = "too-large";
      yield this.add(inner, { number: 0, start: 0, end: member.size }, member.packed);
    }
  }

  // Returns the items that one item turns out to be: an archive's member may be a mailbox.
  async opened(item) {
    const source = this.sources[this.source.get(item)];
    if (!source.member || source.error || source.opened) return [item];
    source.opened = true;
    let places;
    try {
      const blob = await this.blobOf(this.source.get(item));
      const head = new Uint8Array(await blob.slice(0, 64 << 10).arrayBuffer());
      places = [];
      if (starts(head, OUTLOOK) || isBinary(head) || isZip(head)) return [item];
      for await (const place of cut(blob, head)) places.push(place);
    } catch {
      source.error = "archive";
      return [item];
    }
    if (places.length < 2) return [item];
    const share = source.member.packed / source.member.size;
    const [first, ...rest] = places;
    this.number.set(item, 1);
    this.start.set(item, first.start);
    this.end.set(item, first.end);
    this.cost.set(item, (first.end - first.start) * share);
    return [item, ...rest.map((place) => this.add(this.source.get(item), place, (place.end - place.start) * share))];
  }

  // The member unpacked last is kept, since its messages are read one after the other.
  async blobOf(number) {
    const { file, member } = this.sources[number];
    if (!member) return file;
    if (this.unpacked?.number !== number) this.unpacked = { number, blob: unpack(file, member) };
    return this.unpacked.blob;
  }

  // Returns a message's bytes, or throws an Unreadable.
  async load(item) {
    const number = this.source.get(item);
    const source = this.sources[number];
    if (source.error) throw new Unreadable(source.error);
    const [start, end] = [this.start.get(item), this.end.get(item)];
    if (end - start > LARGEST) throw new Unreadable("too-large");
    let bytes;
    try {
      const blob = await this.blobOf(number);
      bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
    } catch {
      throw new Unreadable(source.member ? "archive" : "missing");
    }
    if (!bytes.length) throw new Unreadable("empty");
    if (isBinary(bytes) || isZip(bytes)) throw new Unreadable("binary");
    return bytes;
  }
}
