// Answers "what if": the sliders of the page move the lines of the order, which Vega calculates without a network.
(function () {
  "use strict";

  const POINTS = 80; // steps of a curve along its axis
  const ALIKE = 1e-9; // the tolerance of every rendering in floats
  const model = JSON.parse(document.getElementById("what-if-model").textContent);
  const outputs = Object.entries(model.outputs);
  const controls = [...document.querySelectorAll("[data-signal]")];
  const panel = document.querySelector(".what-if");
  const reset = panel.querySelector(".reset");
  const actual = new Map();
  const before = new Map();
  const shown = new Map();
  let view = null;

  const print = (value, least, most) =>
    value.toLocaleString("ru", { minimumFractionDigits: least, maximumFractionDigits: most }).replace("-", "\u2212");
  const number = (value) => print(value, 0, 6);
  const points = (value) => (Number.isNaN(value) ? "нет данных" : print(value, 2, 2));
  const signed = (value) => (value > 0 ? "+" : "") + points(value);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  function read(name) {
    const value = view.signal(name);
    return value === null || value === undefined ? NaN : Number(value);
  }

  function write(name, value) {
    view.signal(name, value);
  }

  // What is typed outside the domain of its number becomes the nearest number inside, and the page says so.
  function keepDomain(control) {
    const typed = control.value === "" ? NaN : Number(control.value);
    if (control.type !== "number" || Number.isNaN(typed)) {
      return [typed, []];
    }
    const [least, most] = [Number(control.min), control.max === "" ? Infinity : Number(control.max)];
    const whole = control.step === "1";
    const value = Math.min(Math.max(whole ? Math.round(typed) : typed, least), most);
    const range = most === Infinity ? "не меньше " + number(least) : "от " + number(least) + " до " + number(most);
    const allowed = "бывает " + range + (whole ? ", целое" : "");
    const title = capital(control.dataset.title);
    return [value, value === typed ? [] : ["«" + title + "» " + allowed + ": взято " + number(value) + "."]];
  }

  // A count cannot be greater than that of which it is a part: it follows, and the page says so.
  function keepLimits() {
    const told = [];
    for (let round = 0; round <= Object.keys(model.limits).length; round += 1) {
      view.run();
      const broken = Object.keys(model.limits).filter((name) => read(name) > read(name + "__bound") + ALIKE);
      if (broken.length === 0) {
        break;
      }
      for (const name of broken) {
        const bound = Math.max(0, read(name + "__bound"));
        write(name, bound);
        told.push("«" + capital(model.limits[name]) + "» не может быть больше " + number(bound) + ": значение уменьшено.");
      }
    }
    return [...new Set(told)];
  }

  function showControls() {
    for (const control of controls) {
      const value = read(control.dataset.signal);
      const nothing = { "select-one": "NaN", range: control.min, number: "" };
      const text = Number.isNaN(value) ? nothing[control.type] : String(value);
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
        const better = totals.filter((total) => total > now + ALIKE).length;
        place.textContent = better + 1 + "-е место из " + (totals.length + 1) + " (было: " + place.dataset.actual + ")";
      }
    }
  }

  function sayCrossings(limits, moved) {
    const said = new Map(outputs.map(([code]) => [code, []]));
    for (const crossing of model.crossings) {
      const now = read(crossing.signal);
      if (!alike(now, actual.get(crossing.signal)) && !Number.isNaN(now)) {
        const text = now === 1 ? crossing.on : crossing.off;
        said.get(crossing.code).push(capital(text.replace(/\{(\w+)\}/g, (_, name) => number(read(name)))) + ".");
      }
    }
    said.get(moved)?.unshift(...limits);
    const everything = [];
    for (const [code, texts] of said) {
      fill(document.querySelector('[data-crossed="' + code + '"]'), texts);
      everything.push(...texts.map((text) => model.outputs[code].title + ": " + text));
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

  function show(limits, moved) {
    showControls();
    showPoints();
    showPlaces();
    sayCrossings(limits, moved);
    sayMoved();
    const names = new Set(controls.map((control) => control.dataset.signal));
    drawCurves(new Set([...names].filter((name) => !alike(read(name), shown.get(name)))));
    names.forEach((name) => shown.set(name, read(name)));
  }

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
      if (!Number.isNaN(y)) {
        rows.push({ x, y });
      }
    }
    write(name, kept);
    view.run();
    return rows;
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
      if (rows.length > 0) {
        figure.view.data("curve", rows);
      }
      figure.view.data("now", [Number.isNaN(now.x + now.y) ? missing : { ...now, shown: true }]);
      figure.view.runAsync();
      figure.querySelector("figcaption span").textContent = "По горизонтали: " + axis.selectedOptions[0].textContent;
    }
  }

  function listen() {
    for (const control of controls) {
      control.addEventListener("input", () => {
        if (control.validity.badInput) {
          return; // a sign or a letter of a number that is still being typed
        }
        const [value, told] = keepDomain(control);
        write(control.dataset.signal, value);
        show([...told, ...keepLimits()], control.closest("details.sliders").dataset.rule);
      });
    }
    for (const typed of controls.filter((control) => control.type === "number")) {
      typed.addEventListener("change", () => {
        typed.value = Number.isNaN(read(typed.dataset.signal)) ? "" : String(read(typed.dataset.signal));
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
      view.run();
      show([]);
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
    for (const [code, output] of outputs) {
      before.set(code, read(output.signal));
    }
    for (const place of document.querySelectorAll("[data-points], [data-place]")) {
      place.dataset.actual = place.textContent;
    }
    for (const control of controls) {
      control.dataset.max = control.max;
    }
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
