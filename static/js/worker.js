// Shows what a reader chose to keep, when the network is gone. A page registers it when the first thread is kept
// (behaviors/offline.js); by itself it stores nothing, and with a network it changes nothing.

const LIST = "/offline/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The kept page for an address: itself; else the reading mode of that thread; else the list of all that is kept. */
async function keptPage(url) {
  const exact = await caches.match(url.pathname + url.search);
  if (exact) return exact;
  const thread = url.pathname.match(/^\/t\/\d+\//)?.[0];
  return (thread && await caches.match(`${thread}focus/`)) ?? (await caches.match(LIST)) ?? Response.error();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => keptPage(url)));
  } else if (["style", "script", "image", "font"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
