// Saves the draft on the server as one types: after each pause, at the latest every half minute, and when the page is
// left. What the server has, the browser need not keep beyond this tab. Two forms that write into one draft are told.

import { dropLasting } from "../behaviors/kept.js";
import { afterTyping } from "../behaviors/typing.js";

const PAUSE = 1500;
const LONGEST = 30000;
const RETRY = 15000;
const KEPT_ALIVE = 60000; // bytes that a browser still sends when the page is gone

export function autosave(desk) {
  const { form } = desk;
  if (!("autosave" in form.dataset)) return;
  const words = desk.slot("said").dataset;
  const state = () => JSON.stringify([...new FormData(form)].filter(([name]) => !["version", "desk", "csrfmiddlewaretoken"].includes(name)));
  let [saved, savedAt, isBusy, isSending, timer] = [state(), Date.now(), false, false, 0];

  const answered = async (answer, sent) => {
    if (answer.status === 409) {
      desk.slot("other").innerHTML = await answer.text();
      return desk.say(words.other);
    }
    if (answer.status === 401) return desk.say(words.signedOut);
    if (answer.status === 422) return desk.say(await answer.text());
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    for (const [name, value] of Object.entries(await answer.json())) {
      if (value && form.elements[name]) form.elements[name].value = value;
    }
    saved = sent;
    if (state() === sent) dropLasting(form.dataset.guard);
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
    return desk.say(`${words.saved} ${time.format()}`);
  };

  const save = async (isLeaving = false) => {
    const sent = state();
    if (sent === saved || isBusy || isSending || desk.isComposing() || !form.isConnected || desk.slot("other").firstElementChild) return;
    [isBusy, savedAt] = [true, Date.now()];
    clearTimeout(timer);
    const body = new FormData(form);
    body.set("autosave", "1");
    try {
      await answered(await fetch(form.action, { method: "POST", body, keepalive: isLeaving && sent.length * 3 < KEPT_ALIVE }), sent);
    } catch {
      desk.say(words.kept);
      timer = setTimeout(save, RETRY);
    }
    isBusy = false;
  };

  afterTyping(form, PAUSE, () => save());
  form.addEventListener("input", () => Date.now() - savedAt > LONGEST && save());
  form.addEventListener("desk:save", () => save());
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  // What is being sent needs no draft; if it does not arrive, typing goes on and saves again.
  form.addEventListener("submit", () => (isSending = true));
  form.addEventListener("input", () => (isSending = false));
  form.addEventListener("htmx:finally:request", () => {
    isSending = false;
    save();
  });
  window.addEventListener("pageshow", () => (isSending = false));

  desk.root.addEventListener("click", (event) => {
    const choice = event.target.closest("button[data-other]");
    if (!choice) return;
    const text = desk.slot("other").querySelector("[data-other='text']").value;
    form.elements.version.value = choice.dataset.version;
    desk.slot("other").replaceChildren();
    if (choice.dataset.other === "take") desk.replace({ from: 0, to: desk.area.value.length, text });
    desk.area.focus();
    save();
  });
}
