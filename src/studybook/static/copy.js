/* The clipboard that the copy buttons of sphinx-copybutton ask for, by the name of the library
   for which they were written: ten times as heavy, for browsers that none has any more. */
window.ClipboardJS = class {
  constructor(buttons, { text }) {
    document.addEventListener("click", async (event) => {
      const trigger = event.target.closest(buttons);
      if (!trigger) return;
      let done = true;
      try {
        await navigator.clipboard.writeText(text(trigger));
      } catch {
        // A page that came unencrypted has no clipboard.
        const held = document.body.appendChild(document.createElement("textarea"));
        held.value = text(trigger);
        held.select();
        done = document.execCommand("copy");
        held.remove();
      }
      this[done ? "success" : "error"]({ trigger });
    });
  }
  on(name, answer) { this[name] = answer; }
};
