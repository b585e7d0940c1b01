// What the stock admin leaves undone: names for its search boxes, and a question before typed text is lost.
document.addEventListener("DOMContentLoaded", () => {
  const $ = window.django.jQuery;
  const form = document.querySelector("#content-main form[method=post]");
  let changed = false;

  const nameOf = (select) => select.labels[0]?.textContent.trim().replace(/:$/, "") ?? "";

  const nameBox = (select) => {
    const box = select.parentElement.querySelector(".select2-container");
    if (!box) return;
    const chosen = box.querySelector(".select2-selection--single");
    const shown = box.querySelector(".select2-selection__rendered");
    if (chosen) {
      chosen.removeAttribute("aria-labelledby");
      chosen.setAttribute("aria-label", `${nameOf(select)}: ${shown.title}`);
      shown.setAttribute("aria-label", nameOf(select));
    } else {
      shown.setAttribute("role", "none");
    }
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(select));
    if (select.inert) return;
    select.inert = true;
    select.labels[0]?.addEventListener("click", () => (chosen ?? box.querySelector(".select2-search__field")).focus());
  };
  const nameBoxes = () => document.querySelectorAll("select.select2-hidden-accessible").forEach(nameBox);

  if ($.fn.select2) $("select.choices").select2();
  $(nameBoxes);
  $(document).on("change", "select", nameBoxes);
  document.addEventListener("formset:added", () => setTimeout(nameBoxes));
  $(document).on("select2:open", (event) => {
    document.querySelector(".select2-dropdown .select2-search__field")?.setAttribute("aria-label", nameOf(event.target));
  });

  form?.addEventListener("input", () => { changed = true; });
  $(form).on("select2:select select2:unselect", () => { changed = true; });
  form?.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
});
