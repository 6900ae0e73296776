// Lets the items of a list be dragged into a new order, which is sent at once; the buttons in each item do the same.
// data-url is where `order` (ids by commas) goes, data-target what the answer replaces; an item bears data-id, and
// data-fixed if others are dragged past it but not it itself.

export function reorder(list) {
  let dragged = null;
  const items = () => [...list.children];
  const ids = () => items().map((item) => item.dataset.id).join(",");
  const before = ids();

  for (const item of items()) item.draggable = !("fixed" in item.dataset);

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-id]");
    if (!dragged?.draggable || dragged.parentElement !== list) {
      dragged = null;
      return;
    }
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.id);
    dragged.classList.add("is-dragged");
  });

  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("[data-id]");
    if (!over || over === dragged || over.parentElement !== list) return;
    const frame = over.getBoundingClientRect();
    const isLower = event.clientY > frame.top + frame.height / 2;
    list.insertBefore(dragged, isLower ? over.nextElementSibling : over);
  });

  list.addEventListener("drop", (event) => event.preventDefault());

  list.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    if (ids() === before) return;
    const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
    const values = { order: ids(), csrfmiddlewaretoken: token };
    window.htmx.ajax("POST", list.dataset.url, { values, target: list.dataset.target, swap: "outerHTML" });
  });
}
