// Closes an open menu by a click elsewhere, by Esc, by another menu opening, or when something in it was chosen.

const open = () => document.querySelectorAll("details.menu[open]");
let listening = false;

function listen() {
  listening = true;
  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      const chose = event.target.closest(".menu__list a, .menu__list button");
      if (!menu.contains(event.target) || chose) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });
}

export function menu(element) {
  if (!listening) listen();
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) element.open = false;
  });
}
