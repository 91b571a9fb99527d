// Draws every chart of the page, one after another, from the specification that stands beside it.
(function () {
  "use strict";

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
  const options = {
    mode: "vega-lite",
    renderer: "svg",
    ast: true, // expressions are walked, not compiled: the page forbids code made from text
    actions: false,
    defaultStyle: false,
    formatLocale: numbers,
    timeFormatLocale: times,
  };

  async function draw(figure) {
    const place = figure.querySelector(".vega");
    try {
      await window.vegaEmbed(place, JSON.parse(figure.querySelector("script.spec").textContent), options);
    } catch (problem) {
      place.classList.add("failed");
      place.textContent = "Диаграмма не построена: " + problem.message;
      console.error(problem);
    }
  }

  async function drawAll() {
    for (const figure of document.querySelectorAll("figure.chart")) {
      await draw(figure);
    }
    document.documentElement.dataset.charts = "drawn";
  }

  drawAll();
})();
