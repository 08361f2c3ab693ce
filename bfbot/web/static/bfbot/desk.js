/* What HTML and htmx leave open: never swap under somebody's hands, never ask while nobody looks, and say
   aloud, in one line, what has changed. */
(function () {
  "use strict";

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (document.hidden && event.target.matches("[data-part]")) event.preventDefault();
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    var target = event.detail.target;
    if (!target || !target.matches("[data-part]")) return;
    var busy = target.contains(document.activeElement) || target.querySelector("details[open]");
    if (busy) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("[data-says]").forEach(function (part) {
      var said = part.getAttribute("data-says");
      var key = part.id;
      if (spoken[key] !== undefined && spoken[key] !== said) say(said);
      spoken[key] = said;
    });
  });

  var spoken = {};
  function say(words) {
    var place = document.getElementById("spoken");
    if (place) place.textContent = words;
  }

  document.querySelectorAll("[data-says]").forEach(function (part) {
    spoken[part.id] = part.getAttribute("data-says");
  });

  /* A picture that has been taken in is not sent a second time with the form. */
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target.id === "upload" && event.detail.successful) event.target.value = "";
  });

  /* A date typed means "at this time"; the other choice is then no longer meant. */
  document.addEventListener("input", function (event) {
    if (event.target.id === "at") {
      var timed = document.getElementById("when-at");
      if (timed && event.target.value) timed.checked = true;
    }
  });
})();
