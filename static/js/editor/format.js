// What the buttons of the toolbar do to a text: each takes {value, start, end} and the words that stand in for a
// missing selection, and says what to put where and what to select then. Nothing here touches the page.

import { fenced, footnote, table } from "./blocks.js";

/** Without the blanks at the ends of the selection: `**word **` would not be bold. */
function tight({ value, start, end }) {
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  return { value, start, end };
}

/** How often `sign` stands on both sides of a place. */
function signsAround(before, after, sign) {
  let signs = 0;
  while (before.at(-1 - signs) === sign && after.at(signs) === sign) signs += 1;
  return signs;
}

// One star is italic, two are bold, three are both.
const IS_MARKED = { "**": (signs) => signs >= 2, "*": (signs) => signs === 1 || signs > 2, "`": (signs) => signs > 0 };

function wrapped(edit, mark, words) {
  const { value, start, end } = tight(edit);
  const size = mark.length;
  if (IS_MARKED[mark](signsAround(value.slice(0, start), value.slice(end), mark[0]))) {
    return { from: start - size, to: end + size, text: value.slice(start, end), start: start - size, end: end - size };
  }
  const inside = value.slice(start, end) || words;
  return { from: start, to: end, text: mark + inside + mark, start: start + size, end: start + size + inside.length };
}

function lined({ value, start, end }, mark, pattern) {
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const stop = value.indexOf("\n", end);
  const to = stop < 0 ? value.length : stop;
  const lines = value.slice(from, to).split("\n");
  const isOn = lines.some(Boolean) && lines.every((line) => !line || pattern.test(line));
  // An empty line parts two items; two quotations it would part as well, which nobody means.
  const isSkipped = (line) => !line && lines.length > 1 && mark(1) !== "> ";
  let number = 0;
  const marked = (line) => (isSkipped(line) ? line : mark((number += 1)) + line);
  const text = lines.map((line) => (isOn ? line.replace(pattern, "") : marked(line))).join("\n");
  const last = from + text.length;
  return { from, to, text, start: start === end ? last : from, end: last };
}

function link({ value, start, end }, words) {
  const inside = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  const [label, address] = isAddress ? [words, inside] : [inside || words, "https://"];
  const at = isAddress ? start + 1 : start + label.length + 3;
  return { from: start, to: end, text: `[${label}](${address})`, start: at, end: at + (isAddress ? label : address).length };
}

function code(edit, words) {
  const inside = edit.value.slice(edit.start, edit.end);
  return inside.includes("\n") ? fenced(edit, inside) : wrapped(edit, "`", words);
}

export const formats = {
  bold: (edit, words) => wrapped(edit, "**", words),
  italic: (edit, words) => wrapped(edit, "*", words),
  code,
  quote: (edit) => lined(edit, () => "> ", /^> ?/),
  list: (edit) => lined(edit, () => "- ", /^[-*+] /),
  numbers: (edit) => lined(edit, (number) => `${number}. `, /^\d+\. /),
  link,
  table,
  footnote,
};
