// The row of buttons above a text: each changes the text as data-tool says (format.js), with data-words where nothing
// is selected. One stop of the Tab key; the arrow keys go along it. Buttons of other parts may stand in it as well.

import { formats } from "./format.js";

export function toolbar(desk) {
  const bar = desk.slot("tools");
  if (!bar) return;
  const buttons = () => [...bar.querySelectorAll("button, a")].filter((one) => !one.hidden);
  const rest = (chosen) => buttons().forEach((one) => (one.tabIndex = one === chosen ? 0 : -1));
  rest(buttons()[0]);

  // A press must not take the focus and the selection out of the text.
  bar.addEventListener("pointerdown", (event) => event.target.closest("[data-tool]") && event.preventDefault());
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) useTool(desk, tool.dataset.tool);
  });
  bar.addEventListener("focusin", (event) => rest(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const place = all.indexOf(document.activeElement);
    const steps = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: all.length - 1 };
    if (place < 0 || !(event.key in steps)) return;
    event.preventDefault();
    all[(steps[event.key] + all.length) % all.length].focus();
  });
}

/** Do to the text what the button of that name does. */
export function useTool(desk, name) {
  if (desk.isComposing() || !formats[name]) return;
  const words = desk.root.querySelector(`[data-tool="${name}"]`)?.dataset.words ?? "";
  const { value, selectionStart, selectionEnd } = desk.area;
  desk.replace(formats[name]({ value, start: selectionStart, end: selectionEnd }, words));
}
