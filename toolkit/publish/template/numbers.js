// Numbers as Russian writes them: a comma, narrow spaces from five digits on, a true minus.
window.numbers = (function () {
  "use strict";

  const style = (least, most) => ({ minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: "min2" });
  const print = (value, least, most) => value.toLocaleString("ru", style(least, most)).replace("-", "\u2212").replaceAll("\u00a0", "\u202f");
  const points = (value) => (Number.isNaN(value) ? "нет данных" : print(value, 2, 2));

  // A number as a reader types it, with a comma or a point: nothing is NaN, and what is no number is null.
  function parse(text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
    const value = plain === "" ? NaN : Number(plain);
    return plain === "" || (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(plain) && Number.isFinite(value)) ? value : null;
  }

  return {
    number: (value) => print(Number(value), 0, 6),
    exact: (value) => String(value).replace(".", ","),
    points,
    brief: (value) => print(value, Number.isInteger(value) ? 0 : 2, 2),
    signed: (value) => (value > 0 ? "+" : "") + points(value),
    capital: (text) => text.charAt(0).toUpperCase() + text.slice(1),
    parse,
  };
})();
