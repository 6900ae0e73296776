// The writing desk: what helps one write around a textarea that works without any of it. Fetched where there is one.
// Each part is a module here and gets the desk; a new part needs one import and one name in `parts`.

import { afterTyping } from "../behaviors/typing.js";
import { autosave } from "./autosave.js";
import { count } from "./count.js";
import { images } from "./images.js";
import { mentions } from "./mentions.js";
import { livePreview } from "./preview.js";
import { shortcuts } from "./shortcuts.js";
import { toolbar } from "./toolbar.js";
import { wide } from "./wide.js";

const parts = [mentions, toolbar, shortcuts, count, livePreview, wide, images, autosave];

/** Put `text` in the place of a stretch of the area, so that the browser can undo it, and select a stretch of it. */
export function replace(area, { from, to, text, start = from + text.length, end = start }) {
  area.focus();
  area.setSelectionRange(from, to);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done && from !== to + text.length) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}

/**
 * A desk is what the parts share: `root` (the editor), `area`, `form`; `isComposing()`, whether a character is being
 * composed, when nothing may happen; `replace(change)`; `onPause(wait, run)`; `say(words)` in the line below the text;
 * `slot(name)`, the element that bears data-slot="name".
 */
export function editor(root) {
  const area = root.querySelector("textarea");
  let composing = false;
  area.addEventListener("compositionstart", () => (composing = true));
  for (const over of ["compositionend", "blur"]) area.addEventListener(over, () => (composing = false));
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const desk = {
    root,
    area,
    form: area.form,
    slot,
    isComposing: (event) => composing || event?.isComposing || event?.keyCode === 229,
    replace: (change) => composing || replace(area, change),
    onPause: (wait, run) => afterTyping(area, wait, () => composing || run()),
    say: (words) => {
      if (slot("said")) slot("said").textContent = words;
    },
  };
  for (const part of parts) part(desk);
}
