// A card can be dragged to another place, or onto a card there to change places with it: the same acts as its buttons.
// Acts are done without leaving the page, and what became of them is read out.
document.addEventListener("DOMContentLoaded", () => {
  const said = document.getElementById("board-said");
  let board = document.querySelector(".board");
  let dragged = null;
  let busy = false;

  const makeDraggable = () => {
    for (const card of board.querySelectorAll(".board-card")) {
      card.draggable = true;
      for (const link of card.querySelectorAll("a")) link.draggable = false;
    }
  };

  const show = (text, feature) => {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const fresh = answer.querySelector(".board");
    if (!fresh) { location.reload(); return; } // somebody who has to sign in anew
    board.replaceWith(fresh);
    board = fresh;
    makeDraggable();
    said.classList.add("visually-hidden");
    said.textContent = answer.querySelector(".messagelist")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    board.tabIndex = -1;
    const card = board.querySelector(".board-refused button") ?? board.querySelector(`#feature-${feature} h4 a`);
    (card ?? board.querySelector(".board-undo button") ?? board).focus();
  };

  const post = async (address, fields, feature) => {
    if (busy) return;
    busy = true;
    board.setAttribute("aria-busy", "true");
    said.textContent = "";
    try {
      const answer = await fetch(address, { method: "POST", body: fields });
      show(await answer.text(), feature);
    } catch {
      board.removeAttribute("aria-busy");
      said.textContent = board.dataset.unreachable;
      said.classList.remove("visually-hidden");
    }
    busy = false;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !board.contains(form)) return;
    event.preventDefault();
    post(form.action, new FormData(form), form.closest(".board-card")?.dataset.feature ?? 0);
  });

  // What would happen if the card were let go here: the element to mark, the address and what is posted.
  const offer = (target) => {
    const place = dragged && target.closest?.("[data-place]");
    if (!place || place.contains(dragged)) return null;
    const other = target.closest(".board-card");
    return other
      ? { marked: other, address: dragged.dataset.swap, field: ["other", other.dataset.feature] }
      : { marked: place, address: dragged.dataset.move, field: ["place", place.dataset.place] };
  };

  const mark = (element) => {
    for (const marked of document.querySelectorAll(".drop-here")) if (marked !== element) marked.classList.remove("drop-here");
    element?.classList.add("drop-here");
  };

  const end = () => {
    dragged?.classList.remove("dragged");
    board.classList.remove("dragging");
    mark(null);
    dragged = null;
  };

  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(".board-card");
    if (!card || busy) return;
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector("h4").textContent.trim());
    card.classList.add("dragged");
    board.classList.add("dragging");
  });
  document.addEventListener("dragover", (event) => {
    const here = offer(event.target);
    mark(here?.marked);
    if (here) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const here = offer(event.target);
    if (!here) return;
    event.preventDefault();
    const fields = new FormData();
    fields.set("csrfmiddlewaretoken", dragged.querySelector("[name=csrfmiddlewaretoken]").value);
    fields.set(...here.field);
    const { feature } = dragged.dataset;
    end();
    post(here.address, fields, feature);
  });
  document.addEventListener("dragend", end);

  makeDraggable();
});
