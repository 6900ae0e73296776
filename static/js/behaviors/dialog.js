// Opens whatever is swapped into the overlay as a modal dialog, and gives the focus back when it closes.

export function dialog(overlay) {
  let opener = null;
  let post = "";

  // The opener may have been replaced meanwhile, or stand in a menu that has closed.
  const back = () => {
    const same = opener?.isConnected ? opener : document.getElementById(opener?.id || post);
    return same?.closest("details:not([open])")?.querySelector("summary") ?? same;
  };

  const close = () => overlay.open && overlay.close();

  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.target !== overlay || overlay.open) return;
    opener = ctx.sourceElement;
    post = opener.closest(".post")?.id ?? "";
  });

  overlay.addEventListener("htmx:after:settle", (event) => {
    if (event.target !== overlay) return;
    if (!overlay.firstElementChild) close();
    else if (!overlay.open) overlay.showModal();
    overlay.scrollTop = 0;
  });

  // "Cancel" is a link that also works without a script; here it only closes what opened in place.
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-close]")?.closest("#overlay, .post__reply");
    if (!place) return;
    event.preventDefault();
    if (place === overlay) return close();
    place.replaceChildren();
    place.closest(".post")?.focus();
  });

  overlay.addEventListener("close", () => {
    // The live region may speak from inside; it must not be thrown away with the content.
    const region = overlay.querySelector("#announcer");
    if (region) document.body.append(region);
    overlay.replaceChildren();
    back()?.focus();
    opener = null;
  });

  document.addEventListener("dialog:close", close);
}
