// Answers "what if": the sliders of the page move the lines of the order, which Vega calculates without a network.
(async function () {
  "use strict";

  const GREATEST = 1e12; // what can be typed: sums of what is greater could end in infinity
  const ALIKE = 1e-9; // the tolerance of every rendering in floats
  const model = JSON.parse(await window.unpack("what-if-model"));
  const outputs = Object.entries(model.outputs);
  const controls = [...document.querySelectorAll("[data-signal]")];
  const panel = document.querySelector(".what-if");
  const reset = panel.querySelector(".reset");
  const actual = new Map();
  const before = new Map();
  const shown = new Map();
  const wanted = new Map(); // what the reader wants each limited number to be
  let view = null;
  const curves = window.makeCurves({ model, read, write, run, broken, actual, before });
  const { number, exact, points, signed, capital, parse } = window.numbers;

  function read(name) {
    const value = view.signal(name);
    return value === null || value === undefined ? NaN : Number(value);
  }

  function write(name, value) {
    view.signal(name, value);
  }

  function run() {
    view.run();
  }

  // What is typed outside the domain of its number becomes the nearest number inside, and the page says so.
  function keepDomain(control) {
    const typed = control.type === "text" ? parse(control.value) : Number(control.value);
    if (control.type !== "text" || typed === null || Number.isNaN(typed)) {
      return [typed, []];
    }
    const { least, most, whole } = control.dataset;
    const title = control.closest(".slider").querySelector("label").lastChild.textContent.trim();
    const high = most === undefined ? GREATEST : Number(most);
    const value = Math.min(Math.max(whole ? Math.round(typed) : typed, Number(least)), high);
    const ended = most !== undefined || typed > GREATEST;
    const range = ended ? "от " + number(least) + " до " + number(high) : "не меньше " + number(least);
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
      if (control.type === "range") {
        // The track comes first: a value beyond it would be cut.
        control.max = Math.max(Number(control.dataset.max), Number.isNaN(value) ? 0 : value);
        control.setAttribute("aria-valuetext", Number.isNaN(value) ? "нет значения" : number(value));
      }
      if (document.activeElement !== control || control.type === "range") {
        control.value = text;
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
    const totals = Object.keys(model.totals)
      .map((code) => [model.outputs[code].title, before.get(code), read(model.outputs[code].signal)])
      .filter(([, was, now]) => !alike(now, was))
      .map(([title, was, now]) => "«" + title + "»: " + points(now) + " вместо " + points(was));
    panel.querySelector(".moved").textContent =
      moved.length === 0 ? "" : "Изменено чисел: " + moved.length + ". " + (totals.join("; ") || "Итоги прежние") + ".";
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
    curves.draw(new Set([...names].filter((name) => !alike(read(name), shown.get(name)))));
    names.forEach((name) => shown.set(name, read(name)));
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
      axis.addEventListener("change", () => curves.draw(new Set([axis.value])));
    }
    document.addEventListener("drawn", (event) => {
      const folded = document.querySelector('details.sliders[data-rule="' + event.target.dataset.curve + '"]');
      if (folded !== null && document.documentElement.dataset.moved > 0) {
        curves.draw(new Set([folded.querySelector("[data-signal]").dataset.signal]));
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
