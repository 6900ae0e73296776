// Quotes a passage: below selected text of a post stands a button that replies with the passage quoted.
// data-quote-url is the address of the reply form; the passage goes along as `quote`.

const LONGEST = 2000;
let current = null;

function selectedIn(body) {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  return body.contains(range.commonAncestorContainer) ? selection.toString().trim().slice(0, LONGEST) : "";
}

function insert(area, passage) {
  const quoted = passage.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
  const at = area.selectionEnd || area.value.length;
  const before = area.value.slice(0, at).trimEnd();
  area.setRangeText(`${before ? "\n\n" : ""}${quoted}\n\n`, before.length, at, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function offer(body, passage) {
  const post = body.closest(".post");
  const template = document.getElementById("quote-template");
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector("button").addEventListener("click", () => {
    withdraw();
    const target = post.querySelector(".post__reply");
    const area = target.querySelector("textarea");
    if (area) return insert(area, passage);
    const url = new URL(body.dataset.quoteUrl, window.location.href);
    url.searchParams.set("quote", passage);
    window.htmx.ajax("GET", url.pathname + url.search, { target, swap: "innerHTML", source: target });
  });
  // Selecting must survive the press of the button.
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  body.after(item);
  const end = window.getSelection().getRangeAt(0).getBoundingClientRect();
  const frame = post.getBoundingClientRect();
  item.style.insetBlockStart = `${end.bottom - frame.top + 6}px`;
  item.style.insetInlineStart = `${Math.max(0, Math.min(end.left - frame.left, frame.width - item.offsetWidth))}px`;
  current = { body, item, passage };
}

function withdraw() {
  current?.item.remove();
  current = null;
}

let listening = false;
const bodies = new Set();

function watch() {
  for (const body of bodies) if (!body.isConnected) bodies.delete(body);
  const body = [...bodies].find((one) => selectedIn(one));
  const passage = body ? selectedIn(body) : "";
  if (current && current.body === body && current.passage === passage) return;
  // A press on the button itself may collapse the selection; then it stays until the click.
  if (current?.item.contains(document.activeElement)) return;
  withdraw();
  if (body) offer(body, passage);
}

export function quote(body) {
  if (!body.dataset.quoteUrl) return;
  bodies.add(body);
  if (listening) return;
  listening = true;
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(watch, 200);
  });
}
