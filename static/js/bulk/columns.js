// Compact storage: a hundred thousand rows as columns of numbers, and each word that comes again and again only once.

export class Column {
  constructor(Type) {
    this.values = new Type(1024);
    this.length = 0;
  }

  push(value) {
    if (this.length === this.values.length) {
      const wider = new this.values.constructor(this.length * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length] = value;
    return this.length++;
  }

  get(at) { return this.values[at]; }

  set(at, value) { this.values[at] = value; }

  raise(at) { this.values[at] += 1; }
}

// Numbers for words; "" is 0.
export class Dictionary {
  constructor() {
    this.words = [""];
    this.numbers = new Map([["", 0]]);
  }

  number(word) {
    const key = word ?? "";
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.words.push(key) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }
}

// How often each key failed, and how often it is only late.
export class Tally {
  constructor() {
    this.keys = new Dictionary();
    this.failed = new Column(Uint32Array);
    this.late = new Column(Uint32Array);
  }

  count(key, late) {
    const number = this.keys.number(key);
    while (this.failed.length <= number) {
      this.failed.push(0);
      this.late.push(0);
    }
    (late ? this.late : this.failed).raise(number);
  }

  // [{ key, failed, late }], the most frequent first; "" stands for what is not known.
  rows() {
    const rows = [];
    for (let number = 0; number < this.failed.length; number += 1) {
      const failed = this.failed.get(number);
      const late = this.late.get(number);
      if (failed + late) rows.push({ key: this.keys.words[number], failed, late });
    }
    return rows.sort((one, other) => other.failed + other.late - one.failed - one.late || (one.key < other.key ? -1 : 1));
  }
}
