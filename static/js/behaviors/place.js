// Remembers, in this browser alone, how far a thread was read in reading mode, and offers to go on from there. Signing
// out forgets it with all else that is kept (kept.js).

const MOST = 100; // threads
const MOMENT = 250; // milliseconds after scrolling

const key = () => `cityboards:kept:${document.documentElement.dataset.reader ?? ""}:places`;

function places() {
  try {
    return new Map(JSON.parse(localStorage.getItem(key())) ?? []);
  } catch {
    return new Map();
  }
}

function remember(thread, page, number) {
  const kept = places();
  kept.delete(thread);
  kept.set(thread, [page, number]);
  try {
    localStorage.setItem(key(), JSON.stringify([...kept].slice(-MOST)));
  } catch { /* the browser keeps nothing; reading goes on */ }
}

export function place(box) {
  const { thread, page } = box.dataset;
  const posts = [...box.querySelectorAll("#posts > .post")];
  const numberOf = (post) => Number(post.id.slice(1));
  const isVertical = getComputedStyle(box).writingMode.startsWith("vertical");

  const [keptPage, kept] = places().get(thread) ?? [];
  const line = box.querySelector(".focus__continue");
  if (kept && posts.length && !location.hash && !(keptPage === page && kept <= numberOf(posts[0]))) {
    const link = line.firstElementChild;
    link.href = `${keptPage === page ? "" : `?page=${keptPage}`}#p${kept}`;
    link.textContent = link.dataset.words.replace("0", kept);
    line.hidden = false;
  }

  // What is read is the first post whose end is still to come.
  const isAhead = (post) => {
    const { left, bottom } = post.getBoundingClientRect();
    return isVertical ? left < box.getBoundingClientRect().right - 40 : bottom > 90;
  };
  let waiting;
  const save = () => {
    const post = posts.find(isAhead) ?? posts.at(-1);
    if (post) remember(thread, page, numberOf(post));
  };
  document.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, MOMENT);
  }, { capture: true, passive: true });
}
