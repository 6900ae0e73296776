// Puts the focus where reading or writing goes on: on [data-focus] in what was just swapped in,
// and on the summary of errors when a page comes back with one.

function take(element) {
  element.focus({ preventScroll: true });
  // In a field that came with words in it, writing goes on after them.
  if (element instanceof HTMLTextAreaElement) element.setSelectionRange(element.value.length, element.value.length);
  const box = element.getBoundingClientRect();
  // Near the lower edge one would see the heading and not what it heads.
  if (box.top < 0 || box.top > window.innerHeight * 0.75) element.scrollIntoView({ block: "center" });
}

export function focusNew() {
  document.addEventListener("htmx:after:process", (event) => {
    const root = event.target;
    if (!(root instanceof Element)) return;
    const wanted = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    // A reply form that opens in place is there to be written in.
    const writing = root.closest(".post__reply") && root.querySelector("textarea");
    if (wanted || writing) take(wanted ?? writing);
  });
  const errors = document.querySelector("[role='alert'][data-focus]");
  if (errors) take(errors);
}
