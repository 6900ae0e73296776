// While a thread's title is being written, shows threads like it below the field (data-field is the field's id).

import { afterTyping } from "./typing.js";

const WAIT = 500;

export function similar(place) {
  const field = document.getElementById(place.dataset.field);
  if (!field) return;
  field.closest(".field").append(place);
  const ask = () => {
    if (field.value.trim()) place.dispatchEvent(new CustomEvent("similar"));
    else place.replaceChildren();
  };
  afterTyping(field, WAIT, ask);
  if (field.value) ask();
}
