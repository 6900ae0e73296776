// Pictures for a text: chosen by the button, dropped on it or pasted into it. Those uploaded stand below, and ask what
// they show; what one says there goes into the text.

import { send, swap, upload } from "./upload.js";

export function images(desk) {
  const { root, area } = desk;
  const [button, input, list] = ["image", "image-file", "pictures"].map(desk.slot);
  if (!button || !list) return;

  const uploadAll = async (files) => {
    for (const file of files) await upload(desk, list, file);
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    uploadAll([...input.files]);
    input.value = "";
  });

  area.addEventListener("paste", (event) => {
    // What was copied from a document comes as words and as a picture of them; then the words are meant.
    const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (!files.length || event.clipboardData.getData("text/plain") || desk.isComposing()) return;
    event.preventDefault();
    uploadAll(files);
  });

  // A file dropped beside its place would open in the stead of the page.
  const isFile = (event) => [...event.dataTransfer.types].includes("Files");
  const mark = (on) => root.classList.toggle("is-dropped-on", on);
  root.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    mark(true);
  });
  root.addEventListener("dragleave", (event) => root.contains(event.relatedTarget) || mark(false));
  root.addEventListener("drop", (event) => {
    mark(false);
    if (!isFile(event)) return;
    event.preventDefault();
    if (!desk.isComposing()) uploadAll([...event.dataTransfer.files]);
  });

  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-describe]") && !event.isComposing) {
      event.preventDefault(); // it is no field of the form
      area.focus();
    }
  });
  list.addEventListener("change", (event) => describe(desk, list, event.target));
}

/** Keep what a picture shows, and say it in the text. */
async function describe(desk, list, input) {
  const item = input.closest(".picture");
  try {
    const fresh = await send(desk, input.dataset.describe, { alt: input.value });
    const place = `](${item.dataset.address}`;
    const end = desk.area.value.indexOf(place);
    const start = desk.area.value.lastIndexOf("![", end);
    // As it stands there now: somebody may have described it in the text already.
    if (end >= 0 && start >= 0) swap(desk, desk.area.value.slice(start, end + place.length), fresh.dataset.markdown.slice(0, -1));
    item.dataset.markdown = fresh.dataset.markdown;
    item.querySelector(".picture__hint").hidden = Boolean(input.value.trim());
  } catch {
    desk.say(list.dataset.notKept);
  }
}
