// Makes or uses a passkey: the form's button asks the browser, and what it answers is sent as `credential`.
// data-passkey is "create" or "get"; data-options the id of the JSON that says what to ask, or an address that tells.

async function optionsOf(form) {
  const source = document.getElementById(form.dataset.options);
  if (source) return JSON.parse(source.textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`No options: ${answer.status}`);
  return answer.json();
}

async function make(form) {
  const { publicKey } = (await optionsOf(form)).creation_options;
  const wish = form.querySelector("[name=passwordless]");
  if (wish) {
    const chosen = { residentKey: wish.checked ? "required" : "discouraged", requireResidentKey: wish.checked };
    if (wish.checked) chosen.userVerification = "required";
    publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...chosen };
  }
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function use(form) {
  const { publicKey } = (await optionsOf(form)).request_options;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

export function passkey(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  const button = form.querySelector("button[type=button]");
  const said = form.querySelector("[data-failed]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    button.setAttribute("aria-busy", "true");
    try {
      const credential = await (form.dataset.passkey === "create" ? make(form) : use(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Called off, timed out or refused: the browser has said so in its own window.
      said.textContent = said.dataset.failed;
      button.removeAttribute("aria-busy");
    }
  });
}
