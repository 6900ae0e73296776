// Sends a form once: while it is under way its buttons rest, and a second Enter does nothing.

// A page that never answers must not hold the form for good.
const LONGEST = 20000;

export function submitOnce(form) {
  let busy = false;

  const rest = (on) => {
    busy = on;
    for (const button of form.querySelectorAll("button:not([type='button'])")) {
      if (on) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("submit", (event) => {
    if (busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    rest(true);
    setTimeout(() => rest(false), LONGEST);
  }, { capture: true });

  form.addEventListener("htmx:finally:request", (event) => {
    if (event.target === form) rest(false);
  });
  // Coming back by the browser's back button finds the form as it was left: still resting.
  window.addEventListener("pageshow", () => rest(false));
}
