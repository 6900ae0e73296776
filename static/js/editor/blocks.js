// Blocks that the toolbar puts into a text: a fenced code, a table, a footnote. As in format.js: what to put where.

/** A block of its own: with an empty line before and after it; of its `text` a stretch is selected. */
function block({ value, start, end }, text, select, length) {
  const before = value.slice(0, start);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const at = start + gap.length + select;
  return { from: start, to: end, text: `${gap}${text}\n\n`, start: at, end: at + length };
}

export function fenced(edit, inside) {
  const fence = "`".repeat(Math.max(3, ...[...inside.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return block(edit, `${fence}\n${inside.replace(/\n$/, "")}\n${fence}`, fence.length + 1, inside.replace(/\n$/, "").length);
}

export function footnote({ value, end }, words) {
  const numbers = [...value.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
  const name = `[^${Math.max(0, ...numbers) + 1}]`;
  const rest = value.slice(end).trimEnd();
  const text = `${name}${rest}\n\n${name}: ${words}`;
  return { from: end, to: value.length, text, start: end + text.length - words.length, end: end + text.length };
}

export function table(edit, words) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const names = words.split("|");
  const empty = names.map((name) => " ".repeat(name.length));
  return block(edit, [row(names), row(names.map(() => "---")), row(empty), row(empty)].join("\n"), 2, names[0].length);
}
