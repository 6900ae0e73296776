// Where the caret stands: a text area does not say, so its text is laid out once more where nobody sees it.

const LIKE = ["boxSizing", "borderWidth", "font", "letterSpacing", "lineHeight", "padding", "tabSize", "textIndent", "wordBreak"];

/** The place below the character at `at`, from the corner of the area. */
export function caretOf(area, at) {
  const mirror = document.createElement("div");
  const mark = document.createElement("span");
  const style = getComputedStyle(area);
  for (const name of LIKE) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", inlineSize: `${area.clientWidth}px` });
  mirror.textContent = area.value.slice(0, at);
  mark.textContent = "@";
  mirror.append(mark);
  area.after(mirror);
  const place = { left: mark.offsetLeft, top: mark.offsetTop + mark.offsetHeight - area.scrollTop };
  mirror.remove();
  return place;
}
