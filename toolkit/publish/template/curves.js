// How the points of a rule follow one number: the curve of its chart, with its words and its table.
window.makeCurves = function (page) {
  "use strict";

  const { model, read, write, run, broken, actual, before } = page;
  const POINTS = 80; // steps of a curve along its axis
  const HALVINGS = 6; // of a step over which the curve jumps
  const JUMP = 0.1; // of all that the curve rises
  const ROWS = 10; // of the table of a curve, at least
  const { number, brief } = window.numbers;

  // The end of a track, or where the other numbers end it, seen from a number that they allow.
  function reach(name, end, allowed, whole) {
    const fits = (value) => {
      write(name, value);
      run();
      return broken().length === 0;
    };
    let [outside, inside] = [end, allowed];
    if (Number.isNaN(allowed) || fits(end)) {
      return end;
    }
    for (let half = 0; half < POINTS && (!whole || Math.abs(outside - inside) > 1); half += 1) {
      const middle = whole ? Math.floor((outside + inside) / 2) : (outside + inside) / 2;
      [outside, inside] = fits(middle) ? [outside, middle] : [middle, inside];
    }
    return inside;
  }

  // The points along a track, as far as the other numbers leave it; where they jump there are more.
  function trace(code, name, track, whole) {
    const kept = read(name);
    const [low, high] = track.map((end) => reach(name, end, kept, whole));
    const at = (x) => {
      write(name, x);
      run();
      return { x, y: read(model.outputs[code].signal) };
    };
    const steps = Math.max(whole ? Math.min(POINTS, Math.trunc(high - low)) : POINTS, 1);
    const even = Array.from({ length: steps + 1 }, (_, step) => low + ((high - low) * step) / steps);
    let rows = even.map((x) => at(whole ? Math.round(x) : x)).filter((row) => !Number.isNaN(row.y));
    const reached = rows.map((row) => row.y);
    const jump = JUMP * (Math.max(...reached) - Math.min(...reached));
    for (let round = 0; round < HALVINGS; round += 1) {
      rows = rows.flatMap((row, place) => {
        const next = rows[place + 1];
        if (next === undefined || Math.abs(next.y - row.y) <= jump || (whole && next.x - row.x < 2)) {
          return [row];
        }
        const middle = (row.x + next.x) / 2;
        return [row, at(whole ? Math.floor(middle) : middle)].filter((it) => !Number.isNaN(it.y));
      });
    }
    write(name, kept);
    run();
    return rows;
  }

  // As even as the points allow; the last is always told.
  function choose(rows) {
    const apart = rows.length === 0 ? 0 : (rows[rows.length - 1].x - rows[0].x) / ROWS;
    const kept = [];
    for (const row of rows) {
      if (kept.length === 0 || row.x - kept[kept.length - 1].x >= apart * (1 - 1e-9) || row === rows[rows.length - 1]) {
        kept.push(row);
      }
    }
    return kept;
  }

  // The words and the table of a curve are of the curve that is drawn, and of none where there is none.
  function say(figure, rows, axis) {
    const caption = figure.querySelector("figcaption b");
    const body = figure.querySelector("tbody");
    figure.dataset.told ??= caption.textContent.split(" меняется от ")[0];
    figure.row ??= body.rows[0].cloneNode(true);
    const reached = rows.map((row) => row.y);
    const [least, most] = [brief(Math.min(...reached)), brief(Math.max(...reached))];
    const found = figure.dataset.told + " меняется от " + least + " до " + most;
    const title = rows.length > 0 ? found : "Кривой нет: при этих числах балла нет";
    const along = "По горизонтали: " + axis;
    caption.textContent = title;
    figure.querySelector("figcaption span").textContent = along;
    const rule = model.outputs[figure.dataset.curve].title;
    figure.querySelector(".vega").setAttribute("aria-label", rule + ": " + title + ". " + along);
    figure.querySelector("thead th").textContent = axis;
    body.replaceChildren(...choose(rows).map(({ x, y }) => {
      const made = figure.row.cloneNode(true);
      [made.cells[0].textContent, made.cells[1].textContent] = [number(x), brief(y)];
      return made;
    }));
  }

  // A mark stands where both its numbers are known; a scale over nothing would be an endless one.
  function mark(x, y, low) {
    return [Number.isNaN(x + y) ? { x: low, y: 0, shown: false } : { x, y, shown: true }];
  }

  function draw(touched) {
    for (const figure of document.querySelectorAll("figure.chart[data-curve]")) {
      const code = figure.dataset.curve;
      const folded = document.querySelector('details.sliders[data-rule="' + code + '"]');
      const own = [...folded.querySelectorAll("[data-signal]")].map((control) => control.dataset.signal);
      if (figure.view === undefined || !own.some((name) => touched.has(name))) {
        continue;
      }
      const axis = folded.querySelector("select.axis");
      const name = axis.value;
      const slider = folded.querySelector('input[type="range"][data-signal="' + name + '"]');
      const track = [Number(slider.min), Number(slider.max)];
      const rows = trace(code, name, track, slider.step === "1");
      say(figure, rows, axis.selectedOptions[0].textContent);
      figure.querySelector(".vega").hidden = rows.length === 0;
      if (rows.length > 0) {
        figure.view.data("curve", rows);
        figure.view.data("own", mark(actual.get(name), before.get(code), track[0]));
        figure.view.data("now", mark(read(name), read(model.outputs[code].signal), track[0]));
        figure.view.runAsync();
      }
    }
  }

  return { draw };
};
