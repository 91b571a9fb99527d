// Returns what turned its neighbours round: texts that stand before those they follow, and texts from right to left
// that share a block with others and are not isolated from them.
() => {
  const found = [];
  const block = (node) => {
    let box = node.parentElement;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) {
      box = box.parentElement;
    }
    return box;
  };
  const boxes = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };
  const isolated = (node) => {
    for (let it = node.parentElement; it !== block(node); it = it.parentElement) {
      if (getComputedStyle(it).unicodeBidi.startsWith("isolate")) {
        return true;
      }
    }
    return false;
  };
  const left = "svg, math, script, style, .hidden, .head, .vega, input, select";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let before = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(left) || !boxes(node).length) {
      continue;
    }
    const alone = () => block(node).textContent.trim() === node.data.trim();
    if (/[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]/.test(node.data) && !isolated(node) && !alone()) {
      found.push(node.data.trim());
    }
    const now = { node, block: block(node), boxes: boxes(node) };
    if (before && before.block === now.block) {
      for (const a of before.boxes) {
        for (const b of now.boxes) {
          const line = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
          if (line && b.left < a.right - 2) {
            found.push(before.node.data.trim() + " | " + node.data.trim());
          }
        }
      }
    }
    before = now;
  }
  return [...new Set(found)];
}
