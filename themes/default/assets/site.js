// Three helps for pages: buttons that copy, the height of a frame, links that work from a disk.
(function () {
  "use strict";

  // Above each snippet of the page on embedding a button that copies it.
  var snippets = document.querySelector("[data-copy]");
  Array.prototype.forEach.call(snippets ? snippets.querySelectorAll("pre") : [], function (text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = snippets.getAttribute("data-copy");
    button.addEventListener("click", function () {
      getSelection().selectAllChildren(text);
      if (document.execCommand("copy")) button.textContent = snippets.getAttribute("data-copied");
    });
    text.parentNode.insertBefore(button, text);
  });

  // In a frame that page shows the search alone and tells its height to the page around it.
  var search = document.querySelector(".embed #search");
  if (search && window.parent !== window) {
    search.setAttribute("target", "_top");
    var page = document.documentElement;
    page.className = "framed";
    if (window.ResizeObserver) new ResizeObserver(function () {
      window.parent.postMessage({ plenary: "height", height: Math.ceil(page.getBoundingClientRect().height) }, "*");
    }).observe(page);
  }

  // The same paragraph in another edition.
  Array.prototype.forEach.call(document.querySelectorAll("[data-edition]"), function (link) {
    link.addEventListener("click", function () { link.hash = location.hash; });
  });

  // Keeps pages for reading without a network, where the site says so.
  var manifest = document.querySelector("link[rel=manifest]");
  if (manifest && navigator.serviceWorker && location.protocol !== "file:") {
    navigator.serviceWorker.register(new URL("service-worker.js", manifest.href).href).catch(function () {});
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
