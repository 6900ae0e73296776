// Text size and theme change at once, without a new page; the server remembers them.

const CHOICES = ["size", "theme"];

export function look(form) {
  form.addEventListener("submit", (event) => {
    const { name, value } = event.submitter ?? {};
    if (!CHOICES.includes(name)) return;
    event.preventDefault();
    document.documentElement.dataset[name] = value;
    const sheet = getComputedStyle(document.querySelector(".sitehead")).backgroundColor;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = sheet;
    for (const button of document.querySelectorAll(`.choice__option[name="${name}"]`)) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      redirect: "manual",
      credentials: "same-origin",
    }).catch(() => { /* not remembered this time; the page shows it all the same */ });
  });
}
