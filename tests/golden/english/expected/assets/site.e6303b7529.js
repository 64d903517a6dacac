// From a disk a folder shows its list of files: there, links to folders lead to their index.html.
(function () {
  "use strict";
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
