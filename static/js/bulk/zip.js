// Reads .zip archives with the browser's own inflating: the list of members first, then one member at a time. What it
// cannot read (locked, damaged, another method, larger than it says) is an Error.

const MOST_MEMBERS = 100_000;
const LONGEST_LIST = 64 << 20;
const [END, END_64, WHERE_64, MEMBER, LOCAL] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50, 0x04034b50];
const ALL_ONES = 0xffffffff;

export const isZip = (head) => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

const viewOf = async (blob) => new DataView(await blob.arrayBuffer());
const large = (view, at) => Number(view.getBigUint64(at, true));

async function whereTheListIs(file) {
  const from = Math.max(0, file.size - 65_557);
  const tail = await viewOf(file.slice(from));
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new Error("no archive");
  let [count, size, offset, before] = [tail.getUint16(at + 10, true), tail.getUint32(at + 12, true), tail.getUint32(at + 16, true), from + at];
  if (count === 0xffff || size === ALL_ONES || offset === ALL_ONES) {
    const where = at >= 20 && tail.getUint32(at - 20, true) === WHERE_64 ? large(tail, at - 12) : -1;
    if (where >= 0) {
      const end = await viewOf(file.slice(where, where + 56));
      if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) throw new Error("no archive");
      [count, size, offset, before] = [large(end, 32), large(end, 40), large(end, 48), where];
    }
  }
  // What stands before the archive, in a file that unpacks itself, moves every place.
  return { count, size, offset, moved: before - size - offset };
}

function sizesOf(view, at, nameLength, extraLength) {
  const sizes = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) };
  let extra = at + 46 + nameLength;
  const end = extra + extraLength;
  while (extra + 4 <= end) {
    const length = view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      let value = extra + 4;
      for (const name of ["size", "packed", "offset"]) {
        if (sizes[name] !== ALL_ONES) continue;
        sizes[name] = large(view, value);
        value += 8;
      }
    }
    extra += 4 + length;
  }
  return sizes;
}

// Returns { name, size, packed, offset, method, locked, sum } of each file in an archive.
export async function members(file) {
  const { count, size, offset, moved } = await whereTheListIs(file);
  if (moved < 0 || size > LONGEST_LIST || count > MOST_MEMBERS) throw new Error("no archive");
  const view = await viewOf(file.slice(offset + moved, offset + moved + size));
  const found = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== MEMBER) throw new Error("damaged");
    const [flags, method, sum] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const bytes = new Uint8Array(view.buffer, at + 46, nameLength);
    const name = new TextDecoder(flags & 0x800 ? "utf-8" : "latin1").decode(bytes);
    const sizes = sizesOf(view, at, nameLength, extraLength);
    if (!name.endsWith("/")) found.push({ name, method, sum, locked: Boolean(flags & 1), ...sizes, offset: sizes.offset + moved });
    at += 46 + nameLength + extraLength + noteLength;
  }
  return found;
}

const TABLE = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function added(sum, bytes) {
  let value = sum;
  for (let at = 0; at < bytes.length; at += 1) value = TABLE[(value ^ bytes[at]) & 0xff] ^ (value >>> 8);
  return value;
}

// Returns a member as a Blob. It is no longer than the list says, whatever it unfolds to.
export async function unpack(file, member) {
  if (member.locked || (member.method !== 0 && member.method !== 8)) throw new Error("locked");
  const local = await viewOf(file.slice(member.offset, member.offset + 30));
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL) throw new Error("damaged");
  const start = member.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = file.slice(start, start + member.packed);
  if (packed.size < member.packed) throw new Error("damaged");
  const stream = member.method === 8 ? packed.stream().pipeThrough(new DecompressionStream("deflate-raw")) : packed.stream();
  const reader = stream.getReader();
  const parts = [];
  let [size, sum] = [0, ALL_ONES];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > member.size) {
      await reader.cancel();
      throw new Error("damaged");
    }
    sum = added(sum, next.value);
    parts.push(next.value);
  }
  if (size !== member.size || (sum ^ ALL_ONES) >>> 0 !== member.sum) throw new Error("damaged");
  return new Blob(parts);
}
