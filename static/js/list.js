// The practice list: short addresses, folds that stay as they are, and a word to screen readers when results change.
const open = new Map();

document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const name of ["q", "from", "to"]) if (!parameters[name]) delete parameters[name];
  for (const fold of document.querySelectorAll("#found details[id]")) open.set(fold.id, fold.open);
});

document.addEventListener("htmx:afterSwap", (event) => {
  for (const [id, wasOpen] of open) {
    const fold = document.getElementById(id);
    if (fold) fold.open = wasOpen;
  }
  const title = document.getElementById("results-title");
  if (!title) return;
  document.getElementById("announcement").textContent = title.textContent;
  if (event.detail.requestConfig.elt.closest(".results")) title.focus({ preventScroll: true });
});
