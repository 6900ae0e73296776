// Mounts behaviours on elements that name them in data-behavior, on load and in whatever htmx swaps in.
// Every page works without this file; nothing here writes, it only makes what is there pleasant.

import { announce } from "./behaviors/announce.js";
import { catchAnswers } from "./behaviors/answers.js";
import { dialog } from "./behaviors/dialog.js";
import { focusNew } from "./behaviors/focus.js";
import { dropDone, forget, guard } from "./behaviors/guard.js";
import { layOut } from "./behaviors/lay-out.js";
import { look } from "./behaviors/look.js";
import { margins } from "./behaviors/margins.js";
import { menu } from "./behaviors/menu.js";
import { offer } from "./behaviors/offer.js";
import { submitOnce } from "./behaviors/submit-once.js";
import { sum } from "./behaviors/sum.js";

const behaviors = { announce, dialog, forget, guard, look, menu, offer, "submit-once": submitOnce, sum };
// What only some pages need is fetched when the first of it appears.
const later = {
  copy: () => import("./behaviors/copy.js"),
  editor: () => import("./editor/editor.js"),
  letters: () => import("./behaviors/letters.js"),
  news: () => import("./behaviors/news.js"),
  offline: () => import("./behaviors/offline.js"),
  passkey: () => import("./behaviors/passkey.js"),
  place: () => import("./behaviors/place.js"),
  print: () => import("./behaviors/print.js"),
  queue: () => import("./behaviors/queue.js"),
  quote: () => import("./behaviors/quote.js"),
  reading: () => import("./behaviors/reading.js"),
  reorder: () => import("./behaviors/reorder.js"),
  shelf: () => import("./behaviors/offline.js"),
  sideways: () => import("./behaviors/sideways.js"),
  similar: () => import("./behaviors/similar.js"),
};
const mounted = new WeakMap();

/** Run at once, or with data-when="near" when what holds the element comes into sight. */
function whenWanted(element, run) {
  if (element.dataset.when !== "near") return run();
  new IntersectionObserver(([entry], watch) => {
    if (!entry.isIntersecting) return;
    watch.disconnect();
    run();
  }, { rootMargin: "200px" }).observe(element.parentElement);
}

function mount(element) {
  const done = mounted.get(element) ?? new Set();
  mounted.set(element, done);
  for (const name of element.dataset.behavior.split(/\s+/)) {
    if (!(behaviors[name] || later[name]) || done.has(name)) continue;
    done.add(name);
    if (later[name]) whenWanted(element, () => later[name]().then((module) => module[name](element)).catch(() => { /* it works without */ }));
    else behaviors[name](element);
  }
}

function mountAll(root) {
  dropDone(root);
  if (root instanceof Element && root.matches("[data-behavior]")) mount(root);
  root.querySelectorAll?.("[data-behavior]").forEach(mount);
}

mountAll(document);
document.addEventListener("htmx:after:process", (event) => mountAll(event.target));
catchAnswers();
focusNew();
layOut();
margins();

// From post to post: fetched with the first press.
addEventListener("keydown", (event) => {
  const isStep = (event.key === "j" || event.key === "k") && document.getElementById("posts");
  if (isStep) import("./behaviors/steps.js").then((module) => module.step(event));
});

if (performance.getEntriesByType("navigation")[0]?.deliveryType === "navigational-prefetch") {
  import("./behaviors/arrival.js").then((module) => module.arrive());
}
