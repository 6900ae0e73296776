// What this browser keeps for reading without a network: a cache for each thread or digest, and one for the list.
// Stored is the text alone: no forms, no scripts, no name of who is signed in.

export const LIST = "/offline/";
const PREFIX = "kept:";
const ABOUT = "/offline/about";
const MOST = 100; // pages of one thing

export const canKeep = () => "caches" in window && "serviceWorker" in navigator;
const stored = (root) => new Response(`<!doctype html>${root.documentElement.outerHTML}`, {
  headers: { "Content-Type": "text/html; charset=utf-8" },
});

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  const root = new DOMParser().parseFromString(await answer.text(), "text/html");
  delete root.documentElement.dataset.reader;
  return root;
}

function filesOf(root) {
  const nodes = root.querySelectorAll("link[rel=stylesheet], link[rel=icon], main img");
  const names = [...nodes].map((node) => new URL(node.getAttribute("href") ?? node.getAttribute("src"), window.location.href));
  return names.filter((url) => url.origin === window.location.origin).map(String);
}

/** Take out what needs a network or belongs to a person; keep the look of this moment, and say what this is. */
function bare(root, note) {
  const gone = "form, script, dialog, template, details.menu, [hx-get], [data-online], link:not([rel=stylesheet], [rel=icon])";
  for (const element of root.querySelectorAll(gone)) element.remove();
  for (const name of ["theme", "size"]) root.documentElement.dataset[name] = document.documentElement.dataset[name];
  const line = Object.assign(root.createElement("p"), { className: "kept-note", textContent: note });
  root.querySelector("main")?.prepend(line);
  return stored(root);
}

const addAll = (cache, names) => Promise.allSettled([...new Set(names)].map((name) => cache.add(name)));

async function keepList() {
  const root = await fetched(LIST);
  for (const part of root.querySelectorAll("form, details.menu, .sitehead__nav, [data-online], link[rel=manifest]")) part.remove();
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = loaded.filter((name) => name.startsWith(window.location.origin) && /\.(css|js|svg)(\?|$)/.test(name));
  const cache = await caches.open("list");
  await cache.put(LIST, stored(root));
  await addAll(cache, [...own, ...filesOf(root), new URL("shelf.js", import.meta.url).href]);
}

/** Keep all pages from `first` on; `step` hears how many there are. Nothing changes when one cannot be had. */
export async function keep({ first, title, note, step }) {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const pages = new Map();
  const files = [];
  for (let address = first; address && pages.size < MOST;) {
    const root = await fetched(address);
    files.push(...filesOf(root));
    const next = root.querySelector("a[rel~=next]")?.getAttribute("href");
    pages.set(address, bare(root, note));
    step(pages.size);
    const url = next && new URL(next, new URL(address, window.location.href));
    address = url && url.pathname === new URL(first, url).pathname && !pages.has(url.pathname + url.search) ? url.pathname + url.search : null;
  }
  await drop(first);
  const cache = await caches.open(PREFIX + first);
  for (const [address, response] of pages) await cache.put(address, response);
  await cache.put(ABOUT, Response.json({ first, title, pages: pages.size, at: new Date().toISOString() }));
  await addAll(cache, files);
  await keepList();
}

/** What is kept, the newest first: {first, title, pages, at}. */
export async function kept() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(names.map(async (name) => (await (await caches.open(name)).match(ABOUT))?.json()));
  return found.filter(Boolean).sort((one, two) => two.at.localeCompare(one.at));
}

/** Throw away one thing; with the last one nothing of this stays in the browser. */
export async function drop(first) {
  await caches.delete(PREFIX + first);
}

/** Throw everything away, and the worker with it. */
export async function dropEverything() {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}
