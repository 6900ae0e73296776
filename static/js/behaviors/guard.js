// Keeps what is being written in the browser until the server has taken it (kept.js), and offers it again.
// An expired session, a closed page or a lost line then costs nothing: the text is there on coming back.

import { drop, dropAll, keep, read } from "./kept.js";
import { afterTyping } from "./typing.js";

// With its marks a text that comes back is still the same one: sent twice, it makes one post.
const MARKS = ["submission", "base", "version", "desk"];
const fieldsOf = (form) => [...form.querySelectorAll("textarea, input[type='text']")].filter((field) => field.name);
const marksOf = (form) => MARKS.map((name) => form.elements[name]).filter(Boolean);

function offer(form, kept, key) {
  const line = document.getElementById("kept-template").content.firstElementChild.cloneNode(true);
  line.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-kept]")?.dataset.kept;
    if (!choice) return;
    if (choice === "restore") put(form, kept);
    else drop(key);
    line.remove();
    fieldsOf(form)[0]?.focus();
  });
  form.prepend(line);
}

function put(form, kept) {
  for (const field of [...fieldsOf(form), ...marksOf(form)]) {
    if (field.name in kept) field.value = kept[field.name];
  }
  const offered = form.querySelector("[data-offered]");
  if (offered?.dataset.offered && offered.dataset.offered === kept.submission) offered.remove();
  fieldsOf(form)[0]?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Throw away what was kept under every key that the page or fragment calls done. */
export function dropDone(root) {
  const done = [...(root.querySelectorAll?.("[data-guard-done]") ?? [])];
  if (root instanceof Element && root.matches("[data-guard-done]")) done.push(root);
  for (const element of done) drop(element.dataset.guardDone);
}

/** Whether the server took the text: a good answer, and not one that leads to the sign-in page. */
function taken({ raw, headers }) {
  return raw.ok && !raw.redirected && !/[?&]next=/.test(headers.get("HX-Redirect") ?? "");
}

/** Forget all that this browser keeps when the form that signs out is sent: unsent texts, and copies to read offline. */
export function forget(form) {
  form.addEventListener("submit", (event) => {
    dropAll();
    if (!("caches" in window)) return;
    event.preventDefault();
    const late = new Promise((resolve) => setTimeout(resolve, 1000));
    const dropped = caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
    Promise.race([dropped, late]).catch(() => { /* nothing was kept */ }).finally(() => form.submit());
  });
}

export function guard(form) {
  const key = form.dataset.guard;
  const kept = read(key);
  const fields = fieldsOf(form);
  if (kept && fields.some((field) => kept.values[field.name] && kept.values[field.name] !== field.value)) {
    if (!kept.isOld && fields.every((field) => !field.value)) put(form, kept.values);
    else offer(form, kept.values, key);
  }

  const save = () => {
    if (!form.isConnected) return;
    const values = Object.fromEntries([...fieldsOf(form), ...marksOf(form)].map((field) => [field.name, field.value]));
    if (fieldsOf(form).some((field) => field.value)) keep(key, values);
    else drop(key);
  };
  afterTyping(form, 250, save);

  form.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement !== form || ctx.request.method !== "POST" || !taken(ctx.response)) return;
    drop(key);
  });
}
