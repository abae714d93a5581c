// Runs before the first paint, so that nobody who chose the dark sees a flash of light. src/components/theme.ts writes what it reads.
(function () {
  var wanted = null;
  try {
    wanted = localStorage.getItem("aiprod.theme");
  } catch (error) {
    console.info("The theme is the system's: storage cannot be read.", error);
  }
  var dark = wanted === "dark" || (wanted !== "light" && !matchMedia("(prefers-color-scheme: light)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
