// Mounts behaviours on elements that name them in data-behavior, on load and in whatever htmx swaps in.
// Every page works without this file; nothing here writes, it only makes what is there pleasant.

import { announce } from "./behaviors/announce.js";
import { catchAnswers } from "./behaviors/answers.js";
import { copy } from "./behaviors/copy.js";
import { dialog } from "./behaviors/dialog.js";
import { focusNew } from "./behaviors/focus.js";
import { dropDone, forget, guard } from "./behaviors/guard.js";
import { look } from "./behaviors/look.js";
import { menu } from "./behaviors/menu.js";
import { news } from "./behaviors/news.js";
import { offer } from "./behaviors/offer.js";
import { passkey } from "./behaviors/passkey.js";
import { print } from "./behaviors/print.js";
import { queue } from "./behaviors/queue.js";
import { quote } from "./behaviors/quote.js";
import { reading } from "./behaviors/reading.js";
import { reorder } from "./behaviors/reorder.js";
import { similar } from "./behaviors/similar.js";
import { sum } from "./behaviors/sum.js";
import { submitOnce } from "./behaviors/submit-once.js";

const behaviors = { announce, copy, dialog, forget, guard, look, menu, news, offer, passkey, print, queue, quote, reading, reorder, similar, "submit-once": submitOnce, sum };
// What only some pages need is fetched when the first of it appears.
const later = { editor: () => import("./editor/editor.js") };
const mounted = new WeakMap();

function mount(element) {
  const done = mounted.get(element) ?? new Set();
  mounted.set(element, done);
  for (const name of element.dataset.behavior.split(/\s+/)) {
    if (!(behaviors[name] || later[name]) || done.has(name)) continue;
    done.add(name);
    if (later[name]) later[name]().then((module) => module[name](element)).catch(() => { /* it works without */ });
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
