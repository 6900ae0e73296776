// Lays out the posts far below, which thread.css leaves until they are near, one by one while nothing else is to do:
// so no task is long, and yet nothing moves when one looks for a place a moment later.

export function layOut() {
  const list = document.querySelector(".posts");
  const waiting = [...(list?.querySelectorAll(".post__body") ?? [])];
  const next = () => {
    const body = waiting.shift();
    body?.classList.add("is-laid");
    if (!body) list.classList.add("is-laid");
    else if (body.offsetHeight >= 0) requestIdleCallback(next); // asked for its height, the browser does it now
  };
  if (list && "requestIdleCallback" in window) requestIdleCallback(next);
}
