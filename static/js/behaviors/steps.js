// j and k go from post to post, in a thread and in reading mode: the focus moves with them, so that a screen reader and
// Tab go on from there. Fetched at the first of these keys.

import { isLetter } from "./letters.js";

const posts = () => [...document.querySelectorAll("#posts > .post")];

/** The post that stands at the start of the window, when none has the focus. */
function present(all, isVertical) {
  const focused = all.indexOf(document.activeElement?.closest("#posts > .post"));
  if (focused >= 0) return focused;
  const isAhead = (post) => {
    const { top, right } = post.getBoundingClientRect();
    return isVertical ? right < innerWidth - 8 : top > 8;
  };
  const ahead = all.findIndex(isAhead);
  return ahead < 0 ? all.length - 0.5 : ahead - 0.5;
}

export function step(event) {
  if (!isLetter(event) || event.shiftKey) return;
  const all = posts();
  const isVertical = getComputedStyle(all[0] ?? document.body).writingMode.startsWith("vertical");
  const place = present(all, isVertical);
  const next = all[event.key === "j" ? Math.floor(place) + 1 : Math.ceil(place) - 1];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start", inline: "nearest" });
  event.preventDefault();
}
