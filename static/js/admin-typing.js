// Keeps the form on the server while somebody types, and says so; also when the session has ended meanwhile.
document.addEventListener("DOMContentLoaded", () => {
  const said = document.getElementById("typing");
  const form = said?.closest("form");
  if (!form) return;
  const PAUSE = 3000;

  const fields = () => {
    const posted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") posted.append(name, value);
    return posted;
  };
  let kept = fields().toString();
  let busy = false;

  const say = (text) => { if (said.textContent !== text) said.textContent = text; };

  const keep = async () => {
    const now = fields();
    if (busy || now.toString() === kept) return;
    busy = true;
    try {
      const answer = await fetch(said.dataset.address, { method: "POST", body: now });
      const { said: text = said.dataset.failed, others = [] } = await answer.json().catch(() => ({}));
      if (answer.ok) kept = now.toString();
      say([text, ...others.map((name) => `${name} ${said.dataset.other}`)].join(" "));
    } catch {
      say(said.dataset.failed);
    }
    busy = false;
  };

  setInterval(keep, PAUSE);
  document.addEventListener("visibilitychange", () => {
    const now = fields();
    if (document.hidden && now.toString() !== kept) navigator.sendBeacon(said.dataset.address, now);
  });
});
