// Offers the words in use for the last word of a line with commas: a datalist knows only whole lines.
// Says of a new word which word in use it is much like; `practices/tags.py` measures likeness in the same way.
const ALIKE = 0.55;

const singular = (word) => {
  if (word.length > 4 && word.endsWith("ies")) return word.slice(0, -3) + "y";
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
};

const bare = (name) =>
  (name.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || []).map(singular).join("");

const trigrams = (name) => {
  const padded = `  ${bare(name)} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_value, place) => padded.slice(place, place + 3)));
};

const likeness = (one, other) => {
  const shared = [...one].filter((gram) => other.has(gram)).length;
  return shared / (one.size + other.size - shared);
};

document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[data-words]")) {
    const words = Array.from(input.list.options, (option) => option.value);
    const known = new Set(words.map((word) => word.toLowerCase()));
    const grams = words.map((word) => [word, trigrams(word)]);
    const note = document.createElement("div");
    note.setAttribute("role", "status");
    input.after(note);
    const offer = () => {
      const cut = input.value.lastIndexOf(",") + 1;
      const done = cut ? input.value.slice(0, cut).trim() + " " : "";
      const chosen = input.value.slice(0, cut).toLowerCase().split(",").map((word) => word.trim());
      input.list.replaceChildren(
        ...words.filter((word) => !chosen.includes(word.toLowerCase())).map((word) => new Option("", done + word)),
      );
    };
    const warn = () => {
      const typed = input.value.split(",").map((word) => word.replaceAll('"', "").trim());
      const fresh = typed.filter((word) => bare(word) && !known.has(word.toLowerCase()));
      const lines = fresh.flatMap((word) => {
        const own = trigrams(word);
        const near = grams.map(([old, theirs]) => [likeness(own, theirs), old]).sort((one, other) => other[0] - one[0]);
        if (!near.length || near[0][0] < ALIKE) return [];
        const line = document.createElement("p");
        line.className = "tags-like";
        line.textContent = input.dataset.like.replaceAll("{new}", word).replaceAll("{old}", near[0][1]);
        return [line];
      });
      note.replaceChildren(...lines);
    };
    input.addEventListener("input", offer);
    input.addEventListener("change", warn);
    offer();
    warn();
  }
});
