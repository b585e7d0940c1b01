// Says beside the address of a source, while somebody types it, what is known of it; asks again while it is asked for.
document.addEventListener("DOMContentLoaded", () => {
  const ADDRESS = "input[name^='sources-'][name$='-url']";
  const PAUSE = 700;
  const AGAIN = [1500, 3000, 6000, 12000, 24000];
  const waiting = new WeakMap();

  const later = (input, pause, turn) => {
    clearTimeout(waiting.get(input));
    waiting.set(input, setTimeout(() => ask(input, turn), pause));
  };

  const show = (place, html) => {
    const found = new DOMParser().parseFromString(html, "text/html").body;
    if (found.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...found.childNodes);
  };

  const ask = async (input, turn) => {
    const place = input.parentElement.querySelector(".source-said");
    const typed = input.value;
    if (!typed.trim()) { place.replaceChildren(); return; }
    const body = new URLSearchParams({ url: typed, practice: place.dataset.practice });
    body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(place.dataset.address, { method: "POST", body }).catch(() => null);
    if (!answer || ![200, 429].includes(answer.status)) return;
    const html = await answer.text();
    if (input.value !== typed) return;
    const again = html.includes("data-again");
    if (again && turn === AGAIN.length) { place.replaceChildren(place.dataset.pending); return; }
    show(place, html);
    if (again) later(input, AGAIN[turn], turn + 1);
  };

  document.addEventListener("input", ({ target: input }) => {
    if (input.matches?.(ADDRESS)) later(input, PAUSE, 0);
  });
});
