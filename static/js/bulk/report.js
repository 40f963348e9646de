// The report: a compact row for each delivery, and the counts that grow with them. Which reasons mean what is the
// server's to say: each row comes with its list, and with whether it counts as a failure and as a cause.

import { Column, Dictionary, Tally } from "./columns.js";

const WORDS = ["kind", "day", "outcome", "permanence", "reply_code", "enhanced_code", "reason", "who_acts", "provider", "basis", "list"];
// Strongest first: an address is shown on the first list that it belongs to.
export const LISTS = ["remove", "retry", "wait"];
// What stands for the recipient in a headline, so that the same sentence about many is kept once.
const RECIPIENT = "\u0001";

export class Report {
  constructor(items) {
    this.items = items;
    this.item = new Column(Uint32Array);
    this.columns = Object.fromEntries(WORDS.map((name) => [name, new Column(Uint32Array)]));
    this.words = new Dictionary(); // of few values: codes, slugs, days
    this.addresses = new Dictionary();
    this.recipient = new Column(Uint32Array);
    this.headlines = new Dictionary();
    this.headline = new Column(Uint32Array);
    this.tallies = { reason: new Tally(), provider: new Tally(), domain: new Tally(), day: new Tally(), who: new Tally() };
    this.others = new Map(); // reason → how many, of what is no failure or names no cause
    this.keys = new Dictionary(); // addresses in small letters: one person is on a list once
    this.lists = new Column(Uint8Array); // the strongest list of each address, 0 for none
    this.causes = new Column(Uint32Array); // and the reason that put it there
    this.listed = new Map();
    this.errors = []; // { item, code, message }
    this.titles = new Map();
    this.failed = this.late = this.messages = 0;
  }

  get length() { return this.item.length; }

  // Adds what the server said of one message.
  add(item, { rows, error }) {
    this.messages += 1;
    if (error) this.errors.push({ item, ...error });
    else for (const row of rows) this.addRow(item, row);
  }

  addRow(item, row) {
    this.item.push(item);
    for (const name of WORDS) this.columns[name].push(this.words.number(row[name]));
    this.titles.set(row.reason, row.title);
    const address = row.recipient ?? "";
    const known = this.addresses.number(address);
    this.recipient.push(known);
    const headline = address ? (row.headline ?? "").replaceAll(address, RECIPIENT) : row.headline;
    this.headline.push(this.headlines.number(headline));
    if (row.list) this.list(this.keys.number(address.toLowerCase()), row);
    this.count(row);
  }

  list(address, row) {
    while (this.lists.length <= address) {
      this.lists.push(0);
      this.causes.push(0);
    }
    const wanted = LISTS.indexOf(row.list) + 1;
    const before = this.lists.get(address);
    if (before && before <= wanted) return;
    this.lists.set(address, wanted);
    this.causes.set(address, this.words.number(row.reason));
    if (before) this.listed.set(LISTS[before - 1], this.listed.get(LISTS[before - 1]) - 1);
    this.listed.set(row.list, (this.listed.get(row.list) ?? 0) + 1);
  }

  count(row) {
    const late = row.outcome === "delayed";
    if (!row.failure || !row.cause) this.others.set(row.reason, (this.others.get(row.reason) ?? 0) + 1);
    if (!row.failure) return;
    if (late) this.late += 1;
    else this.failed += 1;
    const { reason, provider, domain, day, who } = this.tallies;
    if (row.cause) reason.count(row.reason, late);
    provider.count(row.provider, late);
    domain.count(row.domain, late);
    day.count(row.day, late);
    who.count(row.who_acts, late);
  }

  // Returns a row as the server sent it.
  row(at) {
    const row = { item: this.item.get(at), recipient: this.addresses.words[this.recipient.get(at)] };
    for (const name of WORDS) row[name] = this.words.words[this.columns[name].get(at)];
    row.input = this.items.nameOf(row.item);
    row.domain = row.recipient.includes("@") ? row.recipient.slice(row.recipient.lastIndexOf("@") + 1).toLowerCase() : "";
    row.title = this.titles.get(row.reason) ?? row.reason;
    row.headline = this.headlines.words[this.headline.get(at)].replaceAll(RECIPIENT, row.recipient);
    return row;
  }

  // Returns the numbers of all rows, or of those with a reason and with some words in them: in the order of the files,
  // or, quicker, as they came.
  order(reason = "", words = "", asTheyCame = false) {
    const wanted = words.toLowerCase();
    const cause = this.words.numbers.get(reason);
    const found = [];
    for (let at = 0; at < this.length; at += 1) {
      if (reason && this.columns.reason.get(at) !== cause) continue;
      if (wanted && !this.addresses.words[this.recipient.get(at)].toLowerCase().includes(wanted)
        && !this.items.nameOf(this.item.get(at)).toLowerCase().includes(wanted)) continue;
      found.push(at);
    }
    const rows = Uint32Array.from(found);
    return asTheyCame ? rows : rows.sort((one, other) => this.items.before(this.item.get(one), this.item.get(other)) || one - other);
  }

  // Returns every reason that a row has.
  slugs() { return [...this.titles.keys()]; }

  // Returns { address, reason } of each address on a list, in alphabetical order of domain and name.
  addressesOn(list) {
    const wanted = LISTS.indexOf(list) + 1;
    const found = [];
    for (let number = 0; number < this.lists.length; number += 1) {
      if (this.lists.get(number) === wanted) found.push({ address: this.keys.words[number], reason: this.words.words[this.causes.get(number)] });
    }
    const turned = (address) => address.split("@").reverse().join("@").toLowerCase();
    return found.map((one) => [turned(one.address), one]).sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
  }
}
