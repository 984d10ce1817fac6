/* Before anything is painted. A browser that blocks storage gets a forgetful one, so that no
   script has to care; the colours follow the system unless the reader chose. */
(() => {
  "use strict";
  try {
    localStorage.getItem("mode");
  } catch {
    const kept = new Map();
    window.studybookForgets = true;
    Object.defineProperty(window, "localStorage", {
      configurable: true,
      value: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, String(value)),
        removeItem: (key) => void kept.delete(key),
        key: (place) => [...kept.keys()][place] ?? null,
        get length() { return kept.size; },
      },
    });
  }
  if (!localStorage.getItem("mode")) localStorage.setItem("mode", "auto");
  if (localStorage.getItem("mode") === "auto") {
    localStorage.setItem("theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }
  document.documentElement.dataset.mode = localStorage.getItem("mode");
  document.documentElement.dataset.theme = localStorage.getItem("theme") || "light";
})();
