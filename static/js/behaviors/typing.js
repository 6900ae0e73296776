// Calls back when somebody pauses while typing: never while a Chinese character is being composed.

export function afterTyping(field, wait, run) {
  let timer;
  let composing = false;
  const start = () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(run, wait);
  };
  field.addEventListener("input", (event) => (event.isComposing ? clearTimeout(timer) : start()));
  field.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    start();
  });
}
