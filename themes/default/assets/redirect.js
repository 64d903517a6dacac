// Leads from an old address to the new one, with the query and the place in the page that a reader came with.
(function () {
  "use strict";
  var script = document.currentScript, from = location;
  var to = script.getAttribute(from.protocol === "file:" ? "data-file" : "data-to");
  from.replace(to + from.search + from.hash);
})();
