// CSV for spreadsheets. UTF-8 with its mark, since Excel takes anything else for the system's own letters; lines end as
// RFC 4180 says. The separator is a semicolon on Italian pages: an Italian Excel, whose comma is the decimal one, opens
// nothing else in columns.

const SEPARATORS = { it: ";", en: "," };
// Spreadsheets take what begins like this for a formula, and run it; with an apostrophe it is text.
const FORMULA = /^[=+\-@\t\r]/;

function cell(value, separator) {
  const text = FORMULA.test(value ?? "") ? `'${value}` : String(value ?? "");
  return /["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

// Returns a Blob of rows (lists of values) below a line of names.
export function csv(names, rows, language) {
  const separator = SEPARATORS[language] ?? ",";
  const parts = ["\ufeff"];
  const line = (values) => `${values.map((value) => cell(value, separator)).join(separator)}\r\n`;
  parts.push(line(names));
  let some = "";
  for (const row of rows) {
    some += line(row);
    if (some.length > 1 << 20) {
      parts.push(some);
      some = "";
    }
  }
  return new Blob([...parts, some], { type: "text/csv;charset=utf-8" });
}

export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
