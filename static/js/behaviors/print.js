// A button that opens the browser's print dialog; hidden where there is no script to do it.
// With data-print="now" the dialog opens by itself as soon as the view stands.

export function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if (button.dataset.print === "now") requestAnimationFrame(() => setTimeout(() => window.print()));
}
