// Goes through a list of things to decide by keys: j and k move, x ticks, o opens, a letter of data-key decides.
// Letters act only on the thing that has the focus, and never while something is typed or a dialog is open.

import { isLetter } from "./letters.js";

export function queue(list) {
  const items = () => [...list.children].filter((item) => item.tabIndex >= -1 && item.id);
  const present = () => document.activeElement?.closest?.(".queue > li");

  function move(step) {
    const all = items();
    const place = all.indexOf(present());
    const next = all[place < 0 ? 0 : place + step];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!isLetter(event)) return;
    const focused = document.activeElement;
    const elsewhere = focused && focused !== document.body && !list.contains(focused);
    if (!list.isConnected || elsewhere) return;
    const item = present();
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (!item || event.shiftKey) return;
    else if (event.key === "x") item.querySelector("input[type='checkbox']")?.click();
    else if (event.key === "o") item.querySelector("[data-open]")?.click();
    else {
      const link = [...item.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
      if (!link) return;
      link.focus();
      link.click();
    }
    event.preventDefault();
  });
}
