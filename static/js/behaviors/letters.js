// Single letters as keys: whether they work in this browser, and the button that turns them off and on again.

const KEY = "cityboards:letters";

/** Whether somebody here turned the letters off; speech input, say, would press them by accident. */
export function lettersRest() {
  try {
    return localStorage.getItem(KEY) === "off";
  } catch {
    return false;
  }
}

/** Whether a key event is a letter meant for the page: nothing is typed, no dialog is open, no other key held. */
export function isLetter(event) {
  const focused = document.activeElement;
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
  const typing = focused?.closest("input:not([type='checkbox']), textarea, select, [contenteditable]");
  return !held && !typing && !document.querySelector("dialog:modal") && !lettersRest();
}

export function letters(button) {
  const show = () => (button.textContent = lettersRest() ? button.dataset.on : button.dataset.off);
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(KEY, lettersRest() ? "on" : "off");
    } catch { /* a browser that keeps nothing has its keys */ }
    show();
  });
  show();
  button.hidden = false;
}
