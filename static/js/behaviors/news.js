// Keeps the number of unread notifications in the head of the page fresh: asks once a minute while the page is looked at,
// and when one comes back to it. Where one came from a notification (?news=…) it says first that this one is read.

const EVERY = 60_000;

/** Say that the notification that led here is read; a page that was only fetched ahead has not been seen. */
async function arrived(place) {
  const address = new URL(window.location.href);
  const news = address.searchParams.get("news");
  if (!/^\d+$/.test(news ?? "")) return;
  if (document.prerendering) await new Promise((go) => document.addEventListener("prerenderingchange", go, { once: true }));
  address.searchParams.delete("news");
  history.replaceState(history.state, "", address);
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("silently", "1");
  const headers = { "HX-Request": "true" };
  await fetch(`${place.dataset.read.replace("0", news)}`, { method: "POST", body, headers, keepalive: true });
  document.dispatchEvent(new CustomEvent("news"));
}

export function news(place) {
  let asked = Date.now();
  let isOver = false;
  const known = () => place.querySelector("[data-known]").dataset.known;
  const ask = async () => {
    if (document.hidden || isOver) return;
    asked = Date.now();
    try {
      const answer = await fetch(`${place.dataset.url}?known=${known()}`, { headers: { "HX-Request": "true" } });
      isOver = answer.redirected; // signed out elsewhere
      if (answer.status === 200 && !isOver) place.innerHTML = await answer.text();
    } catch { /* no line: the next minute will do */ }
  };
  setInterval(ask, EVERY);
  document.addEventListener("news", ask);
  document.addEventListener("visibilitychange", () => Date.now() - asked >= EVERY && ask());
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  arrived(place).catch(() => { /* it stays unread */ });
}
