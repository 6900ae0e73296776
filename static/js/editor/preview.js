// Once a preview is open it follows what one writes, a moment after each pause. It is the server's own rendering.

const WAIT = 800;

export function livePreview(desk) {
  const { form } = desk;
  const place = form.querySelector(".compose__preview");
  const button = form.querySelector("button[name='preview']");
  if (!place || !button) return;
  let asked = null;

  const refresh = async () => {
    if (!place.firstElementChild || !form.isConnected) return;
    asked?.abort();
    asked = new AbortController();
    const body = new FormData(form);
    body.set("preview", "1");
    body.set("live", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".preview");
      if (fresh && place.firstElementChild) place.replaceChildren(fresh);
    } catch { /* the next pause asks again */ }
  };
  desk.onPause(WAIT, refresh);
}
