// Keys of the writing desk; /help/writing/ lists them. Ctrl is Cmd on a Mac. While a character is being composed no
// key means anything here: it belongs to the input method.

import { useTool } from "./toolbar.js";

// On a Mac Ctrl moves about in a text; there Cmd is the key of commands.
const COMMAND = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "metaKey" : "ctrlKey";
const TOOLS = { b: "bold", i: "italic", k: "link", e: "code" };
const SHIFTED = { Digit7: "numbers", Digit8: "list", Digit9: "quote" };

function act(desk, event) {
  const { form } = desk;
  const tool = event.shiftKey ? SHIFTED[event.code] : TOOLS[event.key.toLowerCase()];
  if (tool) useTool(desk, tool);
  else if (event.shiftKey || event.repeat) return false;
  else if (event.key === "Enter") form.requestSubmit(form.querySelector(".button--first"));
  else if (event.key.toLowerCase() === "s") form.dispatchEvent(new CustomEvent("desk:save"));
  else return false;
  return true;
}

export function shortcuts(desk) {
  desk.area.addEventListener("keydown", (event) => {
    const isOurs = event[COMMAND] && !event.altKey;
    if (isOurs && !desk.isComposing(event) && act(desk, event)) event.preventDefault();
  });
  // Some input methods end a character with the very key that would send a form. From above, so that nobody acts first.
  const stop = (event) => {
    if (!desk.form.isConnected) window.removeEventListener("submit", stop, { capture: true });
    if (event.target !== desk.form || !desk.isComposing()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("submit", stop, { capture: true });
}
