// Tells the server how far one has read: the posts whose end has stood on the screen for a moment. Sent once the end of
// the page is reached, else when the page is left. Wants the form of threads/_mark.html; without this its button does it.

const MOMENT = 700; // milliseconds: flying past is not reading

export function reading(form) {
  const last = Number(form.elements.number.value);
  const waiting = new Map();
  let seen = 0;
  let sent = 0;

  const send = () => {
    if (seen <= sent) return;
    sent = seen;
    const body = new FormData(form);
    body.set("number", seen);
    fetch(form.action, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } })
      .then(() => document.dispatchEvent(new CustomEvent("news")))
      .catch(() => (sent = 0));
  };

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(waiting.get(target));
      if (!isIntersecting) continue;
      waiting.set(target, setTimeout(() => {
        observer.unobserve(target);
        seen = Math.max(seen, Number(target.closest(".post").id.slice(1)));
        form.dataset.seen = seen;
        if (seen >= last) send();
      }, MOMENT));
    }
  });

  // Only what came with the page: one's own reply, put in later, may stand behind posts that are not here.
  const watch = () => document.querySelectorAll("#posts > .post").forEach((post) => observer.observe(post.lastElementChild));
  if (document.prerendering) document.addEventListener("prerenderingchange", watch, { once: true });
  else watch();
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
  form.hidden = true;
}
