// Files can be dragged onto the list that they belong to; what is too large is said before it is sent.
document.addEventListener("DOMContentLoaded", () => {
  const droppable = "input.file-drop";

  const say = (input, text) => {
    const note = input.parentElement.querySelector(".file-note") ?? input.insertAdjacentElement("afterend", Object.assign(document.createElement("p"), { className: "file-note" }));
    note.setAttribute("role", "alert");
    note.textContent = text;
  };

  const preview = async (input, file) => {
    input.parentElement.querySelector("canvas")?.remove();
    if (!file?.type.startsWith("image/")) return;
    const picture = await createImageBitmap(file, { resizeWidth: 480 }).catch(() => null);
    if (!picture) return;
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height, className: "preview" });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    canvas.setAttribute("aria-hidden", "true");
    input.insertAdjacentElement("afterend", canvas);
  };

  document.addEventListener("change", ({ target: input }) => {
    if (!input.matches?.(droppable)) return;
    let [file] = input.files;
    say(input, "");
    if (file?.size > Number(input.dataset.mostBytes)) {
      say(input, `${file.name}: ${input.dataset.tooLarge}`);
      input.value = "";
      file = null;
    }
    preview(input, file);
    const title = input.closest(".inline-related, tr")?.querySelector("input[name$='-title']");
    if (file && title && !title.value) title.value = file.name.replace(/\.\w+$/, "").replace(/[_-]+/g, " ");
  });

  const give = (input, file) => {
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const place = (group, file) => {
    const free = [...group.querySelectorAll(droppable)].find((input) => !input.name.includes("__prefix__") && !input.files.length && !input.closest(".has_original"));
    if (free) { give(free, file); return; }
    document.addEventListener("formset:added", (event) => {
      const input = event.target.querySelector(droppable);
      if (input) give(input, file);
    }, { once: true });
    group.querySelector(".add-row a")?.click();
  };

  for (const group of document.querySelectorAll(".inline-group")) {
    const sample = group.querySelector(droppable);
    if (!sample) continue;
    const zone = Object.assign(document.createElement("p"), { className: "drop-zone", textContent: sample.dataset.dropHere });
    group.querySelector(".inline-heading").insertAdjacentElement("afterend", zone);
    let depth = 0;
    const over = (change) => { depth = change ? Math.max(depth + change, 0) : 0; group.classList.toggle("dragged-over", depth > 0); };
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    group.addEventListener("dragenter", (event) => { if (hasFiles(event)) over(1); });
    group.addEventListener("dragleave", (event) => { if (hasFiles(event)) over(-1); });
    group.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
    group.addEventListener("drop", (event) => {
      over(0);
      if (!hasFiles(event) || event.target.matches(droppable)) return;
      event.preventDefault();
      for (const file of event.dataTransfer.files) place(group, file);
    });
  }
});
