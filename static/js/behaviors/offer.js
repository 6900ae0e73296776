// Offers threads, cities and people below a search box as one types, and leads through them by the arrow keys.
// The box is a plain form without this. Escape closes what is offered; Enter goes to what is chosen, or searches.

import { afterTyping } from "./typing.js";

const WAIT = 250;

export function offer(form) {
  const input = form.querySelector("input[type='search']");
  const list = form.querySelector("[data-offers]");
  const options = () => [...list.querySelectorAll("[role='option']")];
  const chosen = () => list.querySelector("[aria-selected='true']");
  let closed = "";

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (on) => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) choose(null);
  };
  const step = (by) => {
    const all = [null, ...options()];
    choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
  };
  const go = (option) => window.location.assign(option.dataset.href);

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  })) input.setAttribute(name, value);

  afterTyping(input, WAIT, () => {
    if (input.value.trim()) input.dispatchEvent(new CustomEvent("offer"));
    else show(false);
  });
  input.addEventListener("input", () => {
    closed = "";
    choose(null);
    if (!input.value.trim()) show(false);
  });
  list.addEventListener("htmx:after:settle", () => {
    options().forEach((option, number) => {
      option.id = `${list.id}-${number}`;
      option.setAttribute("aria-selected", "false");
    });
    show(options().length > 0 && document.activeElement === input && closed !== input.value && Boolean(input.value.trim()));
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen && options().length && input.value.trim()) show(true);
      if (list.hidden) return;
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      closed = input.value;
      show(false);
    } else if (event.key === "Enter" && isOpen && chosen()) {
      event.preventDefault();
      go(chosen());
    }
  });
  // A press on the list must not take the focus from the box before the click has come.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role='option']");
    if (option) go(option);
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || show(false));
}
