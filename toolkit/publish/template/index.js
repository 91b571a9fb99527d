// Finds agencies by name or code in every table of the index; without it the page is complete and nothing is hidden.
(function () {
  "use strict";

  const PATIENCE = 400; // milliseconds without typing before the count is announced
  // Whoever has no Kazakh keyboard types the Russian letter.
  const ALIKE = { ё: "е", ә: "а", і: "и", ң: "н", ғ: "г", ү: "у", ұ: "у", қ: "к", ө: "о", һ: "х" };
  const field = document.getElementById("find");
  const found = document.getElementById("found");
  const directory = document.getElementById("directory");
  const rows = [...document.querySelectorAll("tr[data-agency]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const parts = [...document.querySelectorAll("[data-part]")];
  let opened = directory.open;
  let before = "";
  let announcing = 0;

  // Letters that look or mean the same are one letter; marks of writing direction are none.
  function fold(text) {
    const visible = text.normalize("NFKC").replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
    return visible.toLocaleLowerCase("ru").replace(/[ёәіңғүұқөһ]/g, (letter) => ALIKE[letter]);
  }

  const texts = new Map();
  for (const row of directory.querySelectorAll("tr[data-agency]")) {
    const said = row.querySelector("bdi").textContent + " " + row.querySelector("td code").textContent;
    texts.set(row.dataset.agency, fold(said));
  }

  function plural(count, one, few, many) {
    const tens = count % 100;
    const ones = count % 10;
    if (tens > 10 && tens < 15) {
      return many;
    }
    return ones === 1 ? one : ones > 1 && ones < 5 ? few : many;
  }

  function announce(hits, asked) {
    if (!asked) {
      return "";
    }
    if (hits === 0) {
      return "Ничего не найдено: проверьте название или код.";
    }
    const verb = plural(hits, "Найден", "Найдены", "Найдено");
    return verb + " " + hits + " " + plural(hits, "орган", "органа", "органов") + " из " + texts.size + ".";
  }

  function filter() {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const hits = new Set();
    for (const [code, text] of texts) {
      if (words.every((word) => text.includes(word))) {
        hits.add(code);
      }
    }
    for (const row of rows) {
      row.hidden = !hits.has(row.dataset.agency);
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("tr[data-agency]:not([hidden])");
    }
    for (const part of parts) {
      part.querySelector(".nobody").hidden = !part.querySelector("[data-group]").hidden;
    }
    // The list of all agencies stands under the field: it shows what is found, and folds again after.
    const asked = words.length > 0;
    if (asked && !before) {
      opened = directory.open;
      directory.open = true;
    } else if (!asked && before) {
      directory.open = opened;
    }
    before = asked;
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      found.textContent = announce(hits.size, asked);
    }, PATIENCE);
  }

  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      filter();
    }
  });
  document.querySelector(".search").hidden = false;
  // A browser that comes back to the page may have kept what was typed.
  if (field.value) {
    filter();
  }
})();
