// A page that the browser had fetched before one asked for it (docs/caching.md): is it still young, and who counts it?

const YOUNG = 10; // seconds that it may be old, which is the time between looking at a link and following it
const THREAD = /^\/t\/\d+\/$/;

export function arrive() {
  const [arrival] = performance.getEntriesByType("navigation");
  const answered = arrival.serverTiming?.find(({ name }) => name === "ahead")?.duration;
  if (Math.abs(Date.now() / 1000 - answered) > YOUNG) return location.reload();
  // Fetching ahead counts as no visit. What members have read, reading.js says; a visitor asks whether the page still
  // holds, which takes no bytes, and by that it counts.
  if (THREAD.test(location.pathname) && !document.documentElement.dataset.reader) {
    fetch(location.href, { cache: "no-cache" }).catch(() => { /* not counted */ });
  }
}
