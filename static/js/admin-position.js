// Moves the mark on the map without leaving the form; without this script each click sends the form there and back.
document.addEventListener("DOMContentLoaded", () => {
  const map = document.getElementById("position");
  if (!map) return;
  const PAUSE = 400;
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const [lat, lon, city, further] = ["id_lat", "id_lon", "id_city", "id_further_cities"].map((id) => document.getElementById(id));
  const [level, touch, shown, said] = ["input[type=hidden]", ".position-touch", ".position-shown", ".position-said"].map((part) => map.querySelector(part));
  let waiting, busy = false, again = null, setting = false, typed = 0;

  const set = (input, value) => {
    if (input.value === value) return;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const take = (answer) => {
    level.value = answer.level;
    shown.innerHTML = answer.map;
    said.textContent = answer.said;
    said.classList.toggle("position-far", answer.far);
  };

  const ask = async (what = {}) => {
    if (busy) { again = add(again, what); return; }
    busy = true;
    const before = typed;
    const query = new URLSearchParams({ lat: lat.value, lon: lon.value, map_level: level.value, city: city.value, ...what });
    for (const option of further.selectedOptions) query.append("further_cities", option.value);
    try {
      const answer = await fetch(`${map.dataset.address}?${query}`);
      if (!answer.ok) throw new Error(answer.status);
      const seen = await answer.json();
      // What was typed while the server drew stays; the map follows it after the pause.
      if (typed === before) {
        take(seen);
        if (Object.keys(what).length) {
          setting = true;
          set(lat, seen.lat);
          set(lon, seen.lon);
          setting = false;
        }
      }
    } catch {
      said.textContent = map.dataset.failed;
    }
    busy = false;
    if (again) { const next = again; again = null; ask(next); }
  };

  // Steps that come while the server draws are put together; of everything else the last one counts.
  const add = (before, what) => before && "_east" in before && "_east" in what
    ? { _east: before._east + what._east, _north: before._north + what._north }
    : what;

  map.classList.add("position-live");
  touch.tabIndex = 0;
  touch.addEventListener("click", (event) => {
    event.preventDefault();
    if (event.detail) ask({ "_map.x": Math.round(event.offsetX), "_map.y": Math.round(event.offsetY), _width: touch.clientWidth });
  });
  touch.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    ask({ _east: step[0] * far, _north: step[1] * far });
  });
  for (const button of map.querySelectorAll("button")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      ask({ _position: button.value });
    });
  }
  for (const input of [lat, lon]) {
    input.addEventListener("input", () => {
      if (setting) return;
      typed += 1;
      again = null;
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
  }
  // The admin tells every list of choices that it changed when the form opens; only another choice is asked about.
  const places = () => [city, ...further.selectedOptions].map((choice) => choice.value).join();
  let chosen = places();
  window.django.jQuery([city, further]).on("change", () => {
    if (places() === chosen) return;
    chosen = places();
    ask();
  });
});
