// A box that scrolls must be within reach of the keyboard and say what it is; one that does not scroll would only
// be one more stop.
new ResizeObserver(() => {
  for (const box of document.querySelectorAll(".wide, .formula, .steps, .vega")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      if (!box.hasAttribute("aria-label")) {
        const part = box.closest("figure, details, section, main");
        if (box.tagName !== "OL") {
          box.setAttribute("role", "group"); // a list stays a list
        }
        box.setAttribute("aria-label", part.querySelector("figcaption, summary, h3, h2, h1").textContent.trim());
      }
    } else {
      box.removeAttribute("tabindex");
    }
  }
}).observe(document.body);
