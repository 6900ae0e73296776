// Keeps what is being written, in this tab, until the server has taken it.
// An expired session, a closed page or a lost line then costs nothing: the text is there on coming back.

const PREFIX = "cityboards:kept:";
const fieldsOf = (form) => [...form.querySelectorAll("textarea, input[type='text']")].filter((field) => field.name);

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function drop(key) {
  try {
    sessionStorage.removeItem(key);
  } catch { /* storage may be closed to us; then nothing was kept */ }
}

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
  for (const field of fieldsOf(form)) {
    if (field.name in kept) field.value = kept[field.name];
  }
}

/** Throw away what was kept under every key that the page or fragment calls done. */
export function dropDone(root) {
  const done = [...(root.querySelectorAll?.("[data-guard-done]") ?? [])];
  if (root instanceof Element && root.matches("[data-guard-done]")) done.push(root);
  for (const element of done) drop(PREFIX + element.dataset.guardDone);
}

/** Whether the server took the text: a good answer, and not one that leads to the sign-in page. */
function taken({ raw, headers }) {
  return raw.ok && !raw.redirected && !/[?&]next=/.test(headers.get("HX-Redirect") ?? "");
}

export function guard(form) {
  const key = PREFIX + form.dataset.guard;
  const kept = read(key);
  const fields = fieldsOf(form);
  if (kept && fields.some((field) => kept[field.name] && kept[field.name] !== field.value)) {
    if (fields.every((field) => !field.value)) put(form, kept);
    else offer(form, kept, key);
  }

  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
      try {
        if (Object.values(values).some(Boolean)) sessionStorage.setItem(key, JSON.stringify(values));
        else drop(key);
      } catch { /* full or closed storage: writing goes on without the net */ }
    }, 250);
  });

  form.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement !== form || ctx.request.method !== "POST" || !taken(ctx.response)) return;
    clearTimeout(timer);
    drop(key);
  });
}
