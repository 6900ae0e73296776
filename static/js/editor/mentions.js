// Offers people after @, and leads through them by the arrow keys; Enter or Tab takes one, Escape lets it be.
// Nothing is asked or moved while a character is being composed. The list is mentions/_list.html.

import { caretOf } from "./caret.js";

const WAIT = 150;
const NAME = /(?:^|[^A-Za-z0-9_.+\-/:@＠])[@＠]((?:[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,29})?)$/u;
let lists = 0;

export function mentions(desk) {
  const box = desk.slot("names");
  if (!box) return;
  const { area } = desk;
  const list = box.querySelector("[role='listbox']");
  const status = box.querySelector("[role='status']");
  list.id = `names-${(lists += 1)}`;
  for (const [name, value] of [["autocomplete", "list"], ["haspopup", "listbox"], ["controls", list.id]]) area.setAttribute(`aria-${name}`, value);
  const chosen = () => list.querySelector("[aria-selected='true']");
  let [asked, left] = [0, -1]; // how often was asked, and where the @ stands for which somebody wants nothing
  const typed = () => {
    const end = area.selectionEnd;
    const found = area.selectionStart === end && area.value.slice(Math.max(0, end - 40), end).match(NAME);
    return found ? { from: end - found[1].length - 1, to: end, name: found[1] } : null;
  };
  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) area.setAttribute("aria-activedescendant", option.id);
    else area.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    asked += 1;
    list.hidden = true;
    status.textContent = "";
    choose(null);
  };
  const take = (option) => {
    const { from, to } = typed() ?? {};
    close();
    if (from !== undefined) desk.replace({ from, to, text: `@${option.dataset.name} ` });
  };
  const show = (html, { from, name }) => {
    list.innerHTML = html;
    const options = [...list.children];
    if (!options.length || (options.length === 1 && options[0].dataset.name === name)) return close();
    options.forEach((option, number) => (option.id = `${list.id}-${number}`));
    list.hidden = false;
    const { left: x, top } = caretOf(area, from);
    list.style.insetBlockStart = `${area.offsetTop + Math.min(top, area.clientHeight)}px`;
    list.style.insetInlineStart = `${Math.max(0, Math.min(x, area.clientWidth - list.offsetWidth))}px`;
    status.textContent = box.dataset.offered;
    choose(options[0]);
  };
  desk.onPause(WAIT, async () => {
    const wanted = typed();
    if (!wanted || wanted.from === left) return close();
    const mine = (asked += 1);
    const url = `${box.dataset.url}${box.dataset.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(wanted.name)}`;
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked || desk.isComposing()) return;
    if (answer?.ok && !answer.redirected) show(await answer.text(), wanted);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || desk.isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const options = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(options[(options.indexOf(chosen()) + step + options.length) % options.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && chosen()) take(chosen());
    else if (event.key === "Escape") [left] = [typed()?.from ?? -1, close()];
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  area.addEventListener("input", () => typed() || close());
  area.addEventListener("blur", close);
  // A press on the list must not take the focus from the text before the click has come.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("[role='option']") && take(event.target.closest("[role='option']")));
}
