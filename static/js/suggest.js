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

  const open = (shown) => {
    list.hidden = !shown;
    choose(-1);
    input.setAttribute("aria-expanded", String(shown));
  };

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
    open(false);
  };

  const show = (suggestions) => {
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
    active = -1;
    open(suggestions.length > 0);
    status.textContent = suggestions.length ? words.suggestCount.replace("0", suggestions.length) : "";
  };

  const choose = (number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    if (input.value.trim().length < 2) return show([]);
    timer = setTimeout(async () => {
      request = new AbortController();
      try {
        const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(input.value)}`, { signal: request.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") stop();
      }
    }, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    const number = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      stop();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && number) {
      event.preventDefault();
      if (list.hidden) open(true);
      // Before the first and behind the last one is the text itself.
      choose((active + 1 + (event.key === "ArrowDown" ? 1 : number)) % (number + 1) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.address);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      choose(-1);
    }
  });

  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  input.addEventListener("blur", stop);
}

function suggestEverywhere() {
  document.querySelectorAll("input[data-suggest]:not([role])").forEach(suggest);
}

suggestEverywhere();
document.addEventListener("htmx:afterSwap", suggestEverywhere);
