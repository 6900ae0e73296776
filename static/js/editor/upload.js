// Sends one picture to the server, and puts what comes back into the text in the place of a line that says it is on its
// way. The text is never disturbed: not while a character is being composed, nor where one is writing meanwhile.

const REFUSALS = { 413: "tooLarge", 429: "tooMany" };
const underWay = new Set(); // pictures on their way: the form of each, and what to say when somebody sends it

document.addEventListener("submit", (event) => {
  const one = [...underWay].find(({ form }) => form === event.target);
  if (!one) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  one.tell();
}, { capture: true });

/** Put `fresh` into the text in the place of `old`, wherever that stands by now; the selection stays where it is. */
export function swap(desk, old, fresh) {
  const { area } = desk;
  if (desk.isComposing()) {
    area.addEventListener("compositionend", () => setTimeout(swap, 0, desk, old, fresh), { once: true });
    return;
  }
  const from = area.value.indexOf(old);
  if (from < 0) return;
  const to = from + old.length;
  const moved = (place) => (place >= to ? place + fresh.length - old.length : Math.min(place, from + fresh.length));
  const [start, end, top] = [moved(area.selectionStart), moved(area.selectionEnd), area.scrollTop];
  if (document.activeElement === area) desk.replace({ from, to, text: fresh, start, end });
  else {
    area.setRangeText(fresh, from, to, "preserve");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  area.scrollTop = top;
}

/** Post a form and return the fragment that answers it; raise the name of the words to say when there is none. */
export async function send(desk, address, fields) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", desk.form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => {
    throw new Error("offline");
  });
  if (answer.redirected || answer.status === 401) throw new Error("signedOut");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".picture");
  if (!part) throw new Error(REFUSALS[answer.status] ?? "failed");
  return document.importNode(part, true);
}

/** Upload a picture: a line in the text holds its place; then `list` shows it, or says why it was not taken. */
export async function upload(desk, list, file) {
  const words = list.dataset;
  const show = (line) => list.appendChild(line).scrollIntoView({ block: "nearest" });
  const refuse = (text) => {
    const line = document.createElement("li");
    line.className = "picture picture--refused";
    line.role = "alert";
    line.textContent = text.replace("%(name)s", file.name);
    show(line);
  };
  list.querySelectorAll(".picture--refused").forEach((one) => one.remove());
  if (!file.type.startsWith("image/")) return refuse(words.noPicture);
  if (file.size > Number(words.largest)) return refuse(words.tooLarge);
  const name = file.name.replace(/[^\p{L}\p{N}.-]+/gu, " ").trim();
  const waiting = `![${words.uploading} ${name} ${Math.random().toString(36).slice(2, 6)}]()`;
  const at = desk.area.selectionEnd;
  desk.replace({ from: at, to: at, text: waiting });
  const picture = { form: desk.form, tell: () => desk.say(words.wait) };
  underWay.add(picture);
  try {
    const part = await send(desk, words.address, { image: file });
    swap(desk, waiting, part.dataset.markdown ?? "");
    show(part);
  } catch (problem) {
    swap(desk, waiting, "");
    refuse(words[problem.message] ?? words.failed);
  } finally {
    underWay.delete(picture);
  }
}
