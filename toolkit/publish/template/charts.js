// Draws every chart of the page, one after another, from the specification that stands beside it.
(function () {
  "use strict";

  const NARROW = 480; // pixels, below which the words of a row are broken
  const LINE = 15; // pixels of one of their lines
  const numbers = { decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0₸"], percent: "\u00a0%" };
  const times = {
    dateTime: "%A, %e %B %Y г. %X",
    date: "%d.%m.%Y",
    time: "%H:%M:%S",
    periods: ["", ""],
    days: ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"],
    shortDays: ["вс", "пн", "вт", "ср", "чт", "пт", "сб"],
    months: [
      "январь", "февраль", "март", "апрель", "май", "июнь",
      "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ],
    shortMonths: ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
  };
  // The look that all charts of the page share stands in it once.
  const look = document.getElementById("chart-config");
  const options = {
    config: look ? JSON.parse(look.textContent) : {},
    mode: "vega-lite",
    renderer: "svg",
    ast: true, // expressions are walked, not compiled: the page forbids code made from text
    actions: false,
    defaultStyle: false,
    formatLocale: numbers,
    timeFormatLocale: times,
  };

  // Where a line of words has no room, its lines are broken and each row of the chart is made higher for them.
  function fit(spec, width) {
    const narrow = (spec.params || []).find((it) => it.name === "narrow");
    if (narrow && width < NARROW) {
      const rows = spec.data.values || spec.datasets[spec.data.name];
      spec.height += rows.length * LINE * (Math.max(...rows.map((row) => row.line.split("\n").length)) - 1);
      narrow.value = true;
    }
    return spec;
  }

  async function draw(figure) {
    const place = figure.querySelector(".vega");
    try {
      // Room for letters is measured before they are drawn.
      await Promise.all([window.vegaReady, document.fonts.load('12px "Golos Text"', "Aж")]);
      const spec = JSON.parse(figure.querySelector("script.spec").textContent);
      figure.view = (await window.vegaEmbed(place, fit(spec, place.clientWidth), options)).view;
      figure.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
    } catch (problem) {
      place.classList.add("failed");
      place.textContent = "Диаграмма не построена: " + problem.message;
      console.error(problem);
    }
  }

  // A chart is drawn when a reader comes near it, and all of them before the page is printed.
  const begun = new Map();
  const near = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => drawOnce(entry.target)),
    { rootMargin: "1200px" }
  );

  function drawOnce(figure) {
    if (!begun.has(figure)) {
      near.unobserve(figure);
      begun.set(figure, draw(figure));
    }
    return begun.get(figure);
  }

  async function drawAll() {
    await Promise.all([...document.querySelectorAll("figure.chart")].map(drawOnce));
    document.documentElement.dataset.charts = "drawn";
  }

  document.querySelectorAll("figure.chart").forEach((figure) => near.observe(figure));
  window.addEventListener("beforeprint", drawAll);
  // Once the reader has what is in sight, the rest is drawn while nothing else is to be done.
  window.addEventListener("load", () => (window.requestIdleCallback || setTimeout)(drawAll));
})();
