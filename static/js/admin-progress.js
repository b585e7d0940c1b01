// Shows how far the background is, and the next page once it is done.
document.addEventListener("DOMContentLoaded", () => {
  const look = async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (answer) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("sheet-progress");
      const shown = document.getElementById("sheet-progress");
      const doing = (progress) => progress.querySelector("p").textContent;
      if (!fresh || doing(fresh) !== doing(shown)) { location.reload(); return; }
      shown.replaceWith(fresh);
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
});
