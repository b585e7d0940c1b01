// Offers the words in use for the last word of a line with commas: a datalist knows only whole lines.
document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[data-words]")) {
    const words = Array.from(input.list.options, (option) => option.value);
    const offer = () => {
      const cut = input.value.lastIndexOf(",") + 1;
      const done = cut ? input.value.slice(0, cut).trim() + " " : "";
      const chosen = input.value.slice(0, cut).toLowerCase().split(",").map((word) => word.trim());
      input.list.replaceChildren(
        ...words.filter((word) => !chosen.includes(word.toLowerCase())).map((word) => new Option("", done + word)),
      );
    };
    input.addEventListener("input", offer);
    offer();
  }
});
