// A box that scrolls must be within reach of the keyboard; one that does not would only be one more stop.
new ResizeObserver(() => {
  for (const box of document.querySelectorAll(".wide, .formula, .steps")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  }
}).observe(document.body);
