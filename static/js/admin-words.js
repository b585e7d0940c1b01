// Counts words while somebody types, and says how complete the case is. Sources, pictures and facts count when saved.
document.addEventListener("DOMContentLoaded", () => {
  const END = /<\/(?:p|ul|ol|li|strong|em|a|b|i|u|div|span|table|tr|blockquote|h[1-6])\s*>/i;
  const BLOCK = /<(?:\/?(?:p|ul|ol|li|div|blockquote|tr|h[1-6])|br)\b/gi;
  const WORD = /[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu;
  const PAUSE = 1500;

  const said = (text) => END.test(text)
    ? new DOMParser().parseFromString(text.replace(BLOCK, " $&"), "text/html").body.textContent
    : text;
  const words = (text) => (said(text).match(WORD) ?? []).length;

  const areas = [...document.querySelectorAll("textarea[data-words-wanted]")];
  const share = (area) => Math.min(1, words(area.value) / area.dataset.wordsWanted) * area.dataset.weight;
  const texts = () => areas.reduce((sum, area) => sum + share(area), 0);

  const show = (area) => {
    const place = document.querySelector(`[data-words-of="${area.id}"]`);
    const number = words(area.value);
    if (place) place.textContent = number === 1 ? place.dataset.one : place.dataset.many.replace("{number}", number);
  };

  const complete = document.querySelector("#complete[data-percent]");
  const meter = complete?.querySelector("meter");
  const status = complete?.querySelector("[role=status]");
  const rest = complete ? complete.dataset.percent - Math.floor(texts()) : 0;
  const reckon = () => {
    const percent = Math.max(0, Math.min(100, Math.floor(rest + texts())));
    meter.value = percent;
    const text = status.dataset.said.replace("{percent}", percent);
    if (status.textContent !== text) status.textContent = text;
  };

  let waiting;
  for (const area of areas) {
    area.addEventListener("input", () => {
      show(area);
      clearTimeout(waiting);
      if (complete) waiting = setTimeout(reckon, PAUSE);
    });
  }
});
