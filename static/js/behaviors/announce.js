// Says once what has just happened: reads it out, and shows it for a moment at the foot of the window.
// Words come from an HX-Trigger header {"announce": {"text": "…"}} or from [data-announce] in swapped content.

const SHOWN = 5000;

/** Say `text` through the live region. */
export function say(text) {
  document.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
}

export function announce(region) {
  let timer;
  const show = (text) => {
    if (!text) return;
    clearTimeout(timer);
    // A modal dialog makes everything outside it inert, so the region speaks from inside.
    const modal = document.querySelector("dialog:modal");
    if (region.parentElement !== (modal ?? document.body)) (modal ?? document.body).append(region);
    region.textContent = "";
    // Emptied first: the same words twice would otherwise be silent the second time.
    timer = setTimeout(() => {
      region.textContent = text;
      region.dataset.shown = "";
      timer = setTimeout(() => {
        delete region.dataset.shown;
        timer = setTimeout(() => (region.textContent = ""), 300);
      }, SHOWN);
    }, 60);
  };

  // After a leap to a post, the message at the top of the page is out of sight.
  if (window.location.hash) show(document.querySelector(".messages")?.innerText.trim());

  document.addEventListener("announce", (event) => show(event.detail.text ?? event.detail.value));
  document.addEventListener("htmx:error", () => show(region.dataset.offline));
  document.addEventListener("htmx:after:settle", (event) => {
    for (const node of event.detail.newContent) {
      if (!(node instanceof Element)) continue;
      const source = node.matches("[data-announce]") ? node : node.querySelector("[data-announce]");
      if (source) show(source.dataset.announce || source.textContent.trim());
    }
  });
}
