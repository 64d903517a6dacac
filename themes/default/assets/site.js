// Three helps for pages: buttons that copy, the height of a frame, and links that work from a disk.
(function () {
  "use strict";

  // Beside each text to copy a button that does it, where the browser can.
  Array.prototype.forEach.call(navigator.clipboard ? document.querySelectorAll("pre[data-copy]") : [], function (text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = text.getAttribute("data-copy");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.textContent).then(function () { button.textContent += " ✓"; }, function () {});
    });
    text.parentNode.insertBefore(button, text.nextSibling);
  });

  // In a frame the search stands alone and tells its height to the page around it.
  if (window.parent !== window && document.querySelector("[tell-height]")) {
    document.documentElement.classList.add("framed");
    new ResizeObserver(function () {
      window.parent.postMessage({ plenary: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
    }).observe(document.body);
  }

  // From a disk a folder shows its list of files: there, links to folders lead to their index.html.
  if (location.protocol !== "file:") return;
  function toFile(name) {
    return function (node) {
      var value = node.getAttribute(name);
      if (!value || /^[a-z][a-z0-9+.-]*:|^\/|^#/i.test(value)) return;
      var parts = /^([^?#]*)([^]*)$/.exec(value);
      if (/(^|\/)\.{0,2}$/.test(parts[1]) && parts[1] !== "") {
        var folder = parts[1].slice(-1) === "/" ? parts[1] : parts[1] + "/";
        node.setAttribute(name, folder + "index.html" + parts[2]);
      }
    };
  }
  Array.prototype.forEach.call(document.querySelectorAll("a[href]"), toFile("href"));
  Array.prototype.forEach.call(document.querySelectorAll("form[action]"), toFile("action"));
})();
