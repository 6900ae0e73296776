// Vertical lines scroll sideways: the wheel, Space, Page Up and Down, Home and End move them as they move a page.

const KEYS = { " ": 1, PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity };
const LINE = 32; // pixels, for wheels that count lines
const SHARE = 0.85; // of the box: the last lines stay in sight

/** Whether something within the box scrolls up and down under the pointer: it comes first. */
function scrollsItself(element, box) {
  for (let inner = element; inner && inner !== box; inner = inner.parentElement) {
    if (inner.scrollHeight > inner.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(inner).overflowY)) return true;
  }
  return false;
}

export function sideways(box) {
  box.addEventListener("wheel", (event) => {
    const { deltaX, deltaY, deltaMode } = event;
    if (event.ctrlKey || event.shiftKey || Math.abs(deltaX) >= Math.abs(deltaY) || scrollsItself(event.target, box)) return;
    box.scrollBy({ left: -deltaY * [1, LINE, box.clientWidth][deltaMode], behavior: "instant" });
    event.preventDefault();
  }, { passive: false });

  document.addEventListener("keydown", (event) => {
    const focused = document.activeElement;
    const held = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
    if (!(event.key in KEYS) || held || document.querySelector("dialog:modal")) return;
    if (focused?.closest("button, a, summary, input, select, textarea") || scrollsItself(focused, box)) return;
    const way = KEYS[event.key] * (event.key === " " && event.shiftKey ? -1 : 1);
    if (Number.isFinite(way)) box.scrollBy({ left: -way * box.clientWidth * SHARE, behavior: "instant" });
    else box.scrollTo({ left: way < 0 ? 0 : -box.scrollWidth, behavior: "instant" });
    event.preventDefault();
  });
}
