// Suggestions while typing: a combobox after the ARIA pattern. Without script the box searches as ever.
const WAIT = 150;

function suggest(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const words = input.dataset;
  let timer, request, active = -1;
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = words.suggestLabel;
  list.hidden = true;
  status.className = "visually-hidden";
  status.role = "status";
  input.parentElement.classList.add("suggesting");
  input.parentElement.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (suggestions) => {
    close();
    list.replaceChildren(...suggestions.map(({ kind, label, language, address }, number) => {
      const option = document.createElement("li");
      const name = document.createElement("span");
      const what = document.createElement("span");
      option.id = `${list.id}-${number}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.dataset.address = address;
      name.textContent = label;
      if (language) name.lang = language;
      what.className = "suggestions-kind";
      what.textContent = kind;
      option.append(name, " ", what);
      return option;
    }));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = suggestions.length ? words.suggestCount.replace("0", suggestions.length) : "";
  };

  const move = (step) => {
    const options = list.children;
    options[active]?.setAttribute("aria-selected", "false");
    active = (active + step + options.length + 1) % (options.length + 1);
    if (active === options.length) active = -1;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(async () => {
      request = new AbortController();
      try {
        const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(input.value)}`, { signal: request.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch {
        close();
      }
    }, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !list.hidden) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.address);
    }
  });

  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  input.addEventListener("blur", close);
}

function suggestEverywhere() {
  document.querySelectorAll("input[data-suggest]:not([role])").forEach(suggest);
}

suggestEverywhere();
document.addEventListener("htmx:afterSwap", suggestEverywhere);
