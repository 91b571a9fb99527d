// What travels compressed, a third of its size: the library that draws charts, and the model of the sliders.
window.unpack = async function (id) {
  "use strict";

  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};
window.vegaReady = (async function () {
  "use strict";

  const library = document.createElement("script");
  library.textContent = await window.unpack("packed");
  document.body.append(library);
})();
