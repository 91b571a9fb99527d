// Answers "what if": the sliders of the page move the lines of the order, which Vega calculates without a network.
(function () {
  "use strict";

  const POINTS = 80; // steps of a curve along its axis
  const ROWS = 10; // of the table of a curve, at least
  const ALIKE = 1e-9; // the tolerance of every rendering in floats
  const model = JSON.parse(document.getElementById("what-if-model").textContent);
  const outputs = Object.entries(model.outputs);
  const controls = [...document.querySelectorAll("[data-signal]")];
  const panel = document.querySelector(".what-if");
  const reset = panel.querySelector(".reset");
  const actual = new Map();
  const before = new Map();
  const shown = new Map();
  const wanted = new Map(); // what the reader wants each limited number to be
  let view = null;

  const print = (value, least, most) =>
    value.toLocaleString("ru", { minimumFractionDigits: least, maximumFractionDigits: most }).replace("-", "\u2212");
  const number = (value) => print(Number(value), 0, 6);
  const exact = (value) => String(value).replace(".", ",");
  const points = (value) => (Number.isNaN(value) ? "нет данных" : print(value, 2, 2));
  const brief = (value) => print(value, Number.isInteger(value) ? 0 : 2, 2);
  const signed = (value) => (value > 0 ? "+" : "") + points(value);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  function read(name) {
    const value = view.signal(name);
    return value === null || value === undefined ? NaN : Number(value);
  }

  function write(name, value) {
    view.signal(name, value);
  }

  // A number as a reader types it, with a comma or a point: nothing is NaN, and what is no number is null.
  function parse(text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
    const value = plain === "" ? NaN : Number(plain);
    return plain === "" || (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(plain) && Number.isFinite(value)) ? value : null;
  }

  // What is typed outside the domain of its number becomes the nearest number inside, and the page says so.
  function keepDomain(control) {
    const typed = control.type === "text" ? parse(control.value) : Number(control.value);
    if (control.type !== "text" || typed === null || Number.isNaN(typed)) {
      return [typed, []];
    }
    const { title, least, most, whole } = control.dataset;
    const high = most === undefined ? Infinity : Number(most);
    const value = Math.min(Math.max(whole ? Math.round(typed) : typed, Number(least)), high);
    const range = most === undefined ? "не меньше " + number(least) : "от " + number(least) + " до " + number(most);
    const told = "«" + capital(title) + "» бывает " + range + (whole ? ", целое" : "") + ": взято " + number(value) + ".";
    return [value, value === typed ? [] : [told]];
  }

  function broken() {
    return Object.keys(model.limits).filter((name) => read(name) > read(name + "__bound") + ALIKE);
  }

  // A count cannot be greater than that of which it is a part: while it would be, it is less than the reader wants, and
  // the page says so.
  function keepLimits(moved, value) {
    const limited = Object.keys(model.limits);
    limited.forEach((name) => write(name, wanted.get(name)));
    write(moved, value);
    view.run();
    for (let round = 0; round <= limited.length && broken().length > 0; round += 1) {
      broken().forEach((name) => write(name, Math.max(0, read(name + "__bound"))));
      view.run();
    }
    const told = limited
      .filter((name) => (name === moved ? value : wanted.get(name)) > read(name) + ALIKE)
      .map((name) => [name, "«" + capital(model.limits[name]) + "» не может быть больше " + number(read(name)) + ": значение уменьшено."]);
    wanted.set(moved, read(moved));
    return told;
  }

  function showControls() {
    for (const control of controls) {
      const value = read(control.dataset.signal);
      const nothing = { "select-one": "NaN", range: control.min, text: "" };
      const known = control.type === "text" ? exact(value) : String(value);
      const text = Number.isNaN(value) ? nothing[control.type] : known;
      if (document.activeElement !== control || control.type === "range") {
        control.value = text;
      }
      if (control.type === "range") {
        control.max = Math.max(Number(control.dataset.max), Number.isNaN(value) ? 0 : value);
        control.setAttribute("aria-valuetext", Number.isNaN(value) ? "нет значения" : number(value));
      }
      control.closest(".slider").classList.toggle("changed", !alike(value, actual.get(control.dataset.signal)));
    }
  }

  function alike(one, other) {
    return Object.is(one, other) || Math.abs(one - other) < ALIKE;
  }

  function showPoints() {
    for (const [code, output] of outputs) {
      const now = read(output.signal);
      const change = now - before.get(code);
      const moved = !alike(now, before.get(code));
      for (const place of document.querySelectorAll('[data-points="' + code + '"]')) {
        place.textContent = moved ? points(now) : place.dataset.actual;
      }
      for (const place of document.querySelectorAll('[data-change="' + code + '"]')) {
        place.textContent = moved ? (Number.isNaN(change) ? "нет сравнения" : signed(change)) : "—";
      }
      for (const row of panel.querySelectorAll('tr[data-row="' + code + '"]')) {
        row.classList.toggle("changed", moved);
        row.hidden = row.dataset.always === undefined && !moved;
      }
    }
  }

  function showPlaces() {
    for (const [code, totals] of Object.entries(model.totals)) {
      const now = read(model.outputs[code].signal);
      const place = panel.querySelector('[data-place="' + code + '"]');
      if (alike(now, before.get(code))) {
        place.textContent = place.dataset.actual;
      } else if (Number.isNaN(now)) {
        place.textContent = "—";
      } else if (totals.length === 0) {
        place.textContent = "сравнить не с кем";
      } else {
        const was = place.dataset.actual === "—" ? "без места" : place.dataset.actual;
        const better = totals.filter((total) => total > now + ALIKE).length;
        place.textContent = better + 1 + "-е место из " + (totals.length + 1) + " (было: " + was + ")";
      }
    }
  }

  function sayCrossings(told) {
    const said = new Map(outputs.map(([code]) => [code, new Set(told.filter(([rule]) => rule === code).map((it) => it[1]))]));
    for (const crossing of model.crossings) {
      const [now, was] = [read(crossing.signal), actual.get(crossing.signal)];
      // Where nothing was known, nothing ceases to hold.
      if (!alike(now, was) && !Number.isNaN(now) && !(Number.isNaN(was) && now === 0)) {
        const text = now === 1 ? crossing.on : crossing.off;
        const filled = text.replace(/\{(\w+)\}/g, (_, name) => number(read(name))).replace(/\.$/, "");
        said.get(crossing.code).add(capital(filled) + (crossing.legend ? " (" + crossing.legend + ")." : "."));
      }
    }
    const everything = [];
    for (const [code, texts] of said) {
      fill(document.querySelector('[data-crossed="' + code + '"]'), [...texts]);
      everything.push(...[...texts].map((text) => model.outputs[code].title + ": " + text));
    }
    fill(panel.querySelector('[data-crossed=""]'), everything);
  }

  function fill(list, texts) {
    if (list !== null) {
      list.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    }
  }

  function sayMoved() {
    const names = new Set(controls.map((control) => control.dataset.signal));
    const moved = [...names].filter((name) => !alike(read(name), actual.get(name)));
    const direction = Object.keys(model.totals).map(
      (code) => model.outputs[code].title + " — " + points(read(model.outputs[code].signal))
    );
    panel.querySelector(".moved").textContent =
      moved.length === 0 ? "" : "Изменено чисел: " + moved.length + ". " + direction.join("; ") + ".";
    reset.disabled = moved.length === 0;
    document.documentElement.dataset.moved = String(moved.length);
  }

  function show(told) {
    showControls();
    showPoints();
    showPlaces();
    sayCrossings(told);
    sayMoved();
    const names = new Set(controls.map((control) => control.dataset.signal));
    drawCurves(new Set([...names].filter((name) => !alike(read(name), shown.get(name)))));
    names.forEach((name) => shown.set(name, read(name)));
  }

  // The points along a track, as far as the other numbers leave it.
  function trace(code, name, low, high, whole) {
    const kept = read(name);
    const end = name in model.limits ? Math.min(high, read(name + "__bound")) : high;
    const steps = whole ? Math.min(POINTS, end - low) : POINTS;
    const rows = [];
    for (let at = 0; at <= steps; at += 1) {
      const place = low + ((end - low) * at) / Math.max(steps, 1);
      const x = whole ? Math.round(place) : place;
      write(name, x);
      view.run();
      const y = read(model.outputs[code].signal);
      if (!Number.isNaN(y) && broken().length === 0) {
        rows.push({ x, y });
      }
    }
    write(name, kept);
    view.run();
    return rows;
  }

  // The words and the table of a curve are of the curve that is drawn.
  function sayCurve(figure, rows, axis) {
    const reached = rows.map((row) => row.y);
    const title = "На этом отрезке балл меняется от " + brief(Math.min(...reached)) + " до " + brief(Math.max(...reached));
    const along = "По горизонтали: " + axis;
    figure.querySelector("figcaption b").textContent = title;
    figure.querySelector("figcaption span").textContent = along;
    const rule = model.outputs[figure.dataset.curve].title;
    figure.querySelector(".vega").setAttribute("aria-label", rule + ": " + title + ". " + along);
    figure.querySelector("thead th").textContent = axis;
    const step = Math.max(Math.floor(rows.length / ROWS), 1);
    const kept = rows.filter((_, at) => at % step === 0 || at === rows.length - 1);
    const body = figure.querySelector("tbody");
    const row = body.rows[0];
    body.replaceChildren(...kept.map(({ x, y }) => {
      const made = row.cloneNode(true);
      [made.cells[0].textContent, made.cells[1].textContent] = [number(x), brief(y)];
      return made;
    }));
  }

  function drawCurves(touched) {
    for (const figure of document.querySelectorAll("figure.chart[data-curve]")) {
      const code = figure.dataset.curve;
      const folded = document.querySelector('details.sliders[data-rule="' + code + '"]');
      const own = [...folded.querySelectorAll("[data-signal]")].map((control) => control.dataset.signal);
      if (figure.view === undefined || !own.some((name) => touched.has(name))) {
        continue;
      }
      const axis = folded.querySelector("select.axis");
      const slider = folded.querySelector('input[type="range"][data-signal="' + axis.value + '"]');
      const name = slider.dataset.signal;
      const rows = trace(code, name, Number(slider.min), Number(slider.max), slider.step === "1");
      const now = { x: read(name), y: read(model.outputs[code].signal) };
      // What is missing has an unseen mark: a scale over nothing would be an endless one.
      const missing = { x: Number(slider.min), y: 0, shown: false };
      const factual = { x: actual.get(name), y: before.get(code) };
      if (rows.length > 0) {
        figure.view.data("curve", rows);
        sayCurve(figure, rows, axis.selectedOptions[0].textContent);
      }
      figure.view.data("own", [Number.isNaN(factual.x + factual.y) ? missing : { ...factual, shown: true }]);
      figure.view.data("now", [Number.isNaN(now.x + now.y) ? missing : { ...now, shown: true }]);
      figure.view.runAsync();
    }
  }

  function ruleOf(control) {
    return control.closest("details.sliders").dataset.rule;
  }

  function listen() {
    for (const control of controls) {
      control.addEventListener("input", () => {
        const [value, told] = keepDomain(control);
        control.setAttribute("aria-invalid", value === null);
        if (value !== null) {
          const limits = keepLimits(control.dataset.signal, value);
          const followed = limits.flatMap(([name, text]) => {
            const own = controls.filter((it) => it.dataset.signal === name);
            return (own.length > 0 ? own : [control]).map((it) => [ruleOf(it), text]); // some have no slider
          });
          show([...told.map((text) => [ruleOf(control), text]), ...followed]);
        }
      });
    }
    for (const typed of controls.filter((control) => control.type === "text")) {
      typed.addEventListener("change", () => {
        typed.value = Number.isNaN(read(typed.dataset.signal)) ? "" : exact(read(typed.dataset.signal));
        typed.setAttribute("aria-invalid", false);
      });
    }
    for (const axis of document.querySelectorAll("select.axis")) {
      axis.addEventListener("change", () => drawCurves(new Set([axis.value])));
    }
    document.addEventListener("drawn", (event) => {
      const folded = document.querySelector('details.sliders[data-rule="' + event.target.dataset.curve + '"]');
      if (folded !== null && document.documentElement.dataset.moved > 0) {
        drawCurves(new Set([folded.querySelector("[data-signal]").dataset.signal]));
      }
    });
    reset.addEventListener("click", () => {
      for (const [name, value] of actual) {
        if (controls.some((control) => control.dataset.signal === name)) {
          write(name, value);
        }
      }
      for (const name of Object.keys(model.limits)) {
        write(name, actual.get(name));
        wanted.set(name, actual.get(name));
      }
      view.run();
      show([]);
      // The button is of no use any more, and the keyboard needs a place to go on from.
      document.getElementById("what-if").focus();
    });
  }

  async function begin() {
    const holder = document.createElement("div");
    holder.hidden = true;
    document.body.append(holder);
    const spec = { signals: model.signals, marks: [], width: 1, height: 1 };
    await window.vegaReady;
    const made = await window.vegaEmbed(holder, spec, { mode: "vega", ast: true, actions: false, defaultStyle: false });
    view = made.view;
    for (const name of [...controls.map((control) => control.dataset.signal), ...model.crossings.map((it) => it.signal)]) {
      actual.set(name, read(name));
      shown.set(name, read(name));
    }
    for (const name of Object.keys(model.limits)) {
      actual.set(name, read(name)); // some have no slider
      wanted.set(name, read(name));
    }
    for (const [code, output] of outputs) {
      before.set(code, read(output.signal));
    }
    for (const place of document.querySelectorAll("[data-points], [data-place]")) {
      place.dataset.actual = place.textContent;
    }
    for (const control of controls) {
      control.dataset.max = control.max;
    }
    showControls();
    listen();
    document.documentElement.dataset.sliders = "ready";
  }

  // For whoever checks the page: what the lines give for any numbers, without showing it.
  window.whatIf = function (values) {
    const kept = Object.keys(values).map((name) => [name, read(name)]);
    Object.entries(values).forEach(([name, value]) => write(name, value));
    view.run();
    const found = {
      points: Object.fromEntries(outputs.map(([code, output]) => [code, read(output.signal)])),
      edges: model.crossings.map((crossing) => read(crossing.signal)),
    };
    kept.forEach(([name, value]) => write(name, value));
    view.run();
    return found;
  };
  begin();
})();
