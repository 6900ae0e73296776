// What this browser keeps for reading without a network: a cache for each thread or digest, and one for the list.

import { bare, bareList, fetched, filesOf, nextOf } from "./copies.js";

const LIST = "/offline/";
const ABOUT = "/offline/about";
const PREFIX = "kept:";
const MOST = 100; // pages of one thing

const reader = () => document.documentElement.dataset.reader ?? "";
export const canKeep = () => "caches" in window && "serviceWorker" in navigator;
const addAll = (cache, names) => Promise.allSettled([...new Set(names)].map((name) => cache.add(name)));

/** Keep the list itself, with every file that this page has needed so far; the list's script is among them. */
async function keepList() {
  const root = await fetched(LIST);
  const files = filesOf(root);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = loaded.filter((name) => name.startsWith(window.location.origin) && /\.(css|js|svg)(\?|$)/.test(name));
  const cache = await caches.open("list");
  await cache.put(LIST, bareList(root));
  await addAll(cache, [...own, ...files]);
}

/** Keep all pages from `first` on; `step` hears how many there are. Nothing changes when one cannot be had. */
export async function keep({ first, title, note, step }) {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const pages = new Map();
  const files = [];
  for (let address = first; address && pages.size < MOST;) {
    const root = await fetched(address);
    const next = nextOf(root, address);
    files.push(...filesOf(root));
    pages.set(address, bare(root, note));
    step(pages.size);
    address = pages.has(next) ? null : next;
  }
  await drop(first);
  const cache = await caches.open(PREFIX + first);
  for (const [address, response] of pages) await cache.put(address, response);
  await cache.put(ABOUT, Response.json({ first, title, reader: reader(), pages: pages.size, at: new Date().toISOString() }));
  await addAll(cache, files);
  await keepList();
}

/** What is kept, the newest first: {first, title, pages, at}. What somebody else kept, who never signed out, goes. */
export async function kept() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(names.map(async (name) => (await (await caches.open(name)).match(ABOUT))?.json()));
  const mine = (thing) => !reader() || !thing.reader || thing.reader === reader();
  await Promise.all(found.filter((thing) => thing && !mine(thing)).map((thing) => drop(thing.first)));
  return found.filter((thing) => thing && mine(thing)).sort((one, two) => two.at.localeCompare(one.at));
}

/** Throw away one thing. */
export const drop = (first) => caches.delete(PREFIX + first);

/** Throw everything away, and the worker with it. */
export async function dropEverything() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}
