// Writing on the whole window in large type: the form covers the page, and what lies behind it rests until one is done.

export function wide(desk) {
  const button = desk.slot("wide");
  if (!button) return;
  const { form } = desk;
  let resting = [];

  const set = (on) => {
    form.classList.toggle("compose--wide", on);
    document.documentElement.classList.toggle("has-wide", on);
    button.setAttribute("aria-pressed", String(on));
    for (const one of resting) one.inert = false;
    resting = [];
    for (let part = form; on && part !== document.body; part = part.parentElement) {
      resting.push(...[...part.parentElement.children].filter((one) => one !== part && !one.inert && !one.matches(".announcer, dialog")));
    }
    for (const one of resting) one.inert = true;
    desk.area.focus();
  };

  button.addEventListener("click", () => set(!form.classList.contains("compose--wide")));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || desk.isComposing(event) || event.defaultPrevented) return;
    if (form.classList.contains("compose--wide")) set(false);
  });
  // What was sent takes the form away with it; the page must not stay at rest.
  document.addEventListener("htmx:after:settle", () => resting.length && !form.isConnected && set(false));
}
