/* Brings the explorables of a page to life: MicroPython runs the same source as
   the notebook. A classic script without dependencies, for http(s) and file://. */
(() => {
  "use strict";
  const script = document.currentScript;
  const here = script.src.replace(/[^/]*$/, "");
  const version = new URL(script.src).search;
  const modules = (script.dataset.modules || "").split(" ").filter(Boolean);
  const STEP_MS = 10; // of refining before the page may paint again
  const THUMB = 16; // px, about as wide as browsers draw it
  const SIDEWAYS = 8; // px of a touch before a slider believes that it is meant
  const SMALL = 0.34; // of the window's height, for a picture that follows
  const ROOMY = 480; // px of window: with less, a picture at the top would leave no controls
  const QUIET_MS = 300; // without a change before the summary is read out

  const load = (name) =>
    new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = here + name + version;
      tag.onload = done;
      tag.onerror = () => failed(new Error("cannot load " + tag.src));
      document.head.append(tag);
    });

  const compiled = async () => {
    if (location.protocol !== "file:") {
      // The page's head has asked for it before this script came.
      const answer = window.explorablesWasm || fetch(here + "micropython.wasm" + version);
      // Some servers send wasm without its type, which streaming insists on.
      return WebAssembly.compileStreaming(answer).catch(async () =>
        WebAssembly.compile(await (await fetch(here + "micropython.wasm")).arrayBuffer()));
    }
    await load("micropython.wasm.js");
    return WebAssembly.compileStreaming(fetch("data:application/wasm;base64," + window.explorablesWasm));
  };

  const start = async () => {
    const wasm = compiled();
    await Promise.all(["micropython.js", "core.js", ...modules.map((name) => name + ".js")].map(load));
    const machine = await wasm;
    const python = await window.loadMicroPython({
      heapsize: 4 << 20,
      stdout: (line) => console.log(line),
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(machine, imports).then(done);
        return {};
      },
    });
    for (const [path, source] of Object.entries(window.explorablesFiles)) {
      python.FS.mkdirTree("/lib/" + path.replace(/\/[^/]*$/, ""));
      python.FS.writeFile("/lib/" + path, source);
    }
    python.runPython("from explorables import bridge");
    const bridge = python.globals.get("bridge");
    bridge.speak(JSON.stringify(window.explorablesLanguage));
    return { python, bridge };
  };

  class Figure {
    constructor(element, bridge) {
      this.element = element;
      this.bridge = bridge;
      this.key = element.dataset.xp;
      this.form = element.querySelector("form");
      this.inputs = [...this.form.querySelectorAll("[data-path]")];
      this.pictures = [...element.querySelectorAll(".xp-figure")];
      this.picture = this.pictures[0];
      this.part = (name) => element.querySelector(".xp-" + name);
      this.stale = new Set();
      this.turn = 0;
      this.spans = "{}"; // of the axes, which grow and do not shrink until a reset
      // A browser may have kept what was typed before a reload.
      if (this.inputs.some((input) => this.read(input) !== this.start(input))) this.form.reset();
      this.values = this.starts();
      for (const item of [...this.form.elements, this.part("away")]) item.disabled = false;
      this.form.addEventListener("input", (event) => this.held(event.target) || this.changed(event.target));
      this.form.addEventListener("pointerdown", (event) => this.touched(event));
      this.form.addEventListener("pointermove", (event) => this.meant(event));
      this.form.addEventListener("pointerup", (event) => this.lifted(event));
      this.form.addEventListener("pointercancel", () => this.scrolled());
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", () => setTimeout(() => this.reset()));
      this.part("copy").addEventListener("click", () => this.copy());
      const data = this.part("data");
      if (data) data.addEventListener("toggle", () => this.tabulate());
      new ResizeObserver(() => this.fit()).observe(element);
      addEventListener("scroll", () => this.watch(), { passive: true });
      addEventListener("resize", () => (this.whole(), this.watch()));
      this.form.addEventListener("focusin", (event) => this.uncover(event.target));
      this.part("away").addEventListener("click", () => this.putAway());
      addEventListener("beforeprint", () => (this.whole(), this.pictures.forEach((one) => this.refresh(one))));
      addEventListener("hashchange", () => this.follow());
      element.dataset.live = "";
      performance.mark("explorable:live", { detail: this.key });
      this.follow();
    }

    // What the inputs say. A slider and its number field share one path.

    read(input) {
      if (input.type === "checkbox") return input.checked;
      if (input.tagName === "SELECT") return input.value;
      return input.value === "" ? null : Number(input.value);
    }

    start(input) {
      if (input.type === "checkbox") return input.defaultChecked;
      if (input.tagName === "SELECT") return [...input.options].find((one) => one.defaultSelected).value;
      return Number(input.defaultValue);
    }

    starts() {
      return Object.fromEntries(this.inputs.map((input) => [input.dataset.path, this.start(input)]));
    }

    show(path, value) {
      for (const input of this.inputs) {
        if (input.dataset.path !== path || input === document.activeElement && input.type === "number") continue;
        if (input.type === "checkbox") input.checked = value;
        else if (input.tagName === "SELECT") input.value = value;
        else if (value !== null) {
          const range = this.inputs.find((one) => one.dataset.path === path);
          const text = Number(value).toFixed(range.dataset.decimals);
          input.value = text;
          if (input.type === "range") {
            const unit = range.dataset.unit || "";
            const shown = text.replace("-", "\u2212").replace(".", window.explorablesLanguage.decimal);
            input.setAttribute("aria-valuetext", shown + (unit && unit !== "%" ? "\u00a0" : "") + unit);
          }
        }
      }
    }

    nested() {
      const all = {};
      for (const [path, value] of Object.entries(this.values)) {
        const [name, row, column] = path.split(".");
        if (column === undefined) all[name] = value;
        else ((all[name] ||= [])[row] ||= {})[column] = value;
      }
      return JSON.stringify(all);
    }

    changed(input) {
      const path = input.dataset.path;
      if (!path) return;
      this.values[path] = this.read(input);
      this.show(path, this.values[path]);
      this.soon();
    }

    // A thumb that scrolls past begins on a slider as one that moves it does. The
    // slider waits until the touch has gone sideways, and goes back to where it
    // was when the browser takes the touch for scrolling. A tap puts it where
    // the finger was.

    touched(event) {
      const slider = event.target;
      if (event.pointerType !== "touch" || slider.type !== "range") return;
      this.touch = { slider, value: slider.value, x: event.clientX, y: event.clientY, meant: false };
    }

    held(input) {
      if (!this.touch || this.touch.slider !== input || this.touch.meant) return false;
      input.value = this.touch.value;
      return true;
    }

    meant(event) {
      if (!this.touch || this.touch.meant) return;
      const across = Math.abs(event.clientX - this.touch.x);
      this.touch.meant = across > SIDEWAYS && across > 1.5 * Math.abs(event.clientY - this.touch.y);
    }

    lifted(event) {
      const touch = this.touch;
      this.touch = null;
      if (!touch || touch.meant) return;
      if (Math.hypot(event.clientX - touch.x, event.clientY - touch.y) > SIDEWAYS) return;
      const { slider } = touch;
      const box = slider.getBoundingClientRect();
      const share = (event.clientX - box.left - THUMB / 2) / (box.width - THUMB);
      const [low, high] = [Number(slider.min), Number(slider.max)];
      slider.value = low + Math.min(Math.max(share, 0), 1) * (high - low);
      this.changed(slider);
    }

    scrolled() {
      if (!this.touch) return;
      const { slider, value } = this.touch;
      this.touch = null;
      if (slider.value === value && this.values[slider.dataset.path] === Number(value)) return;
      slider.value = value;
      this.changed(slider);
    }

    reset() {
      this.values = this.starts();
      this.spans = "{}";
      for (const [path, value] of Object.entries(this.values)) this.show(path, value);
      if (this.asked() !== null) history.replaceState(null, "", location.pathname + location.search);
      this.part("told").textContent = "";
      this.soon();
    }

    // Drawing: at once, so that it is part of the next frame, and then no more
    // than once a frame, whatever the number of events.

    soon() {
      this.turn += 1;
      this.waiting = this.pending;
      if (this.pending) return;
      this.pending = true;
      requestAnimationFrame(() => {
        this.pending = false;
        if (this.waiting) this.soon();
      });
      this.draw();
    }

    draw() {
      const turn = this.turn;
      this.raw = this.nested();
      const frame = this.ask(this.picture);
      const fine = this.put(frame);
      this.stale = new Set(fine ? this.pictures.filter((one) => one !== this.picture) : []);
      performance.clearMarks("explorable:draw");
      performance.mark("explorable:draw", { detail: this.key });
      this.element.dispatchEvent(
        new CustomEvent("explorable:draw", { bubbles: true, detail: { id: this.key, error: frame.error } }));
      if (fine && "refines" in this.element.dataset) this.refine(turn);
    }

    ask(picture) {
      try {
        return JSON.parse(this.bridge.frame(this.key, this.raw, Number(picture.dataset.width), this.spans));
      } catch (error) {
        console.error(error);
        return { error: this.element.dataset.fault, control: null };
      }
    }

    put(frame) {
      const wrong = "error" in frame;
      this.element.classList.toggle("xp-wrong", wrong);
      this.part("error").textContent = wrong ? frame.error + " " + this.element.dataset.kept : "";
      if (wrong || this.wrong) this.mark(frame.control);
      this.wrong = wrong;
      if (wrong) return false;
      this.spans = JSON.stringify(frame.spans);
      this.picture.innerHTML = frame.svg;
      this.part("summary").textContent = frame.summary;
      clearTimeout(this.saying);
      this.saying = setTimeout(() => (this.part("said").textContent = frame.summary), QUIET_MS);
      this.table = frame.table;
      this.tabulate();
      return true;
    }

    mark(control) {
      for (const input of this.inputs) {
        if (input.type !== "number") continue;
        const path = input.dataset.path;
        const value = this.values[path];
        const fits = value !== null && value >= Number(input.min) && value <= Number(input.max);
        const bad = path.split(".")[0] === control && !fits;
        const told = [bad && this.part("error").id, input.dataset.help].filter(Boolean).join(" ");
        for (const [name, text] of [["aria-invalid", bad && "true"], ["aria-describedby", told]]) {
          if (text) input.setAttribute(name, text);
          else input.removeAttribute(name);
        }
      }
    }

    tabulate() {
      const data = this.part("data");
      if (!data || !data.open || !this.table) return;
      data.querySelector("tbody").replaceChildren(...this.table[1].map((cells) => {
        const row = document.createElement("tr");
        row.append(...cells.map((cell, place) => {
          const box = document.createElement(place ? "td" : "th");
          if (!place) box.scope = "row";
          box.textContent = cell;
          return box;
        }));
        return row;
      }));
    }

    refine(turn) {
      this.bridge.refine(this.key, this.raw, Number(this.picture.dataset.width), this.spans);
      const slice = () => {
        const until = performance.now() + STEP_MS;
        let text = "";
        let next;
        while (turn === this.turn && (next = this.bridge.step(this.key))) {
          text = next;
          if (performance.now() > until) break;
        }
        if (turn !== this.turn) return;
        if (text) this.put(JSON.parse(text));
        if (next) setTimeout(slice);
        else this.element.dispatchEvent(new CustomEvent("explorable:refined", { bubbles: true }));
      };
      setTimeout(slice);
    }

    // Two layouts: the style sheet shows one; the other is drawn when it is needed.

    fit() {
      const shown = this.pictures.find((one) => one.clientWidth > 0);
      if (!shown || shown === this.picture) return;
      this.picture = shown;
      this.refresh(shown);
    }

    refresh(picture) {
      if (!this.stale.delete(picture)) return;
      const frame = this.ask(picture);
      if (!("error" in frame)) picture.innerHTML = frame.svg;
    }

    // In sight: when no more of the picture is left in the window than its small
    // form takes, the small form stays at the top instead. The form below keeps
    // the room, so that nothing moves.

    watch() {
      const { top, bottom } = this.element.getBoundingClientRect();
      if (top > innerHeight || bottom < -innerHeight) return;
      const stage = this.part("stage");
      const header = parseFloat(getComputedStyle(stage).top) || 0;
      const left = this.part("controls").getBoundingClientRect().top - header;
      const small = innerHeight >= ROOMY && left < this.small();
      if (small === this.element.classList.contains("xp-small")) return;
      if (!small) return this.whole();
      this.height = stage.offsetHeight;
      this.element.classList.add("xp-small");
      this.keep();
    }

    small() {
      return this.element.classList.contains("xp-put") ? 40 : Math.min(SMALL * innerHeight, 272);
    }

    // Nothing is measured in between, or the browser would scroll to make up for it.
    keep() {
      this.element.style.setProperty("--xp-small", this.small() + "px");
      this.form.style.paddingTop = this.height - this.small() + "px";
    }

    whole() {
      this.element.classList.remove("xp-small");
      this.form.style.paddingTop = "";
    }

    putAway() {
      this.part("away").setAttribute("aria-expanded", !this.element.classList.toggle("xp-put"));
      this.keep();
    }

    uncover(control) {
      // What a finger or a mouse has hold of must not slip away.
      if (!control.matches(":focus-visible")) return;
      requestAnimationFrame(() => {
        this.watch();
        if (!this.element.classList.contains("xp-small")) return;
        const over = this.part("stage").getBoundingClientRect().bottom + 12 - control.getBoundingClientRect().top;
        if (over > 0) scrollBy({ top: -over, behavior: "instant" });
      });
    }

    // Links to settings: #xp-name:path=value;path=value

    asked() {
      let address = location.hash.slice(1);
      // What is no percent code, such as "#100%", is taken as it is written.
      try { address = decodeURIComponent(address); } catch { /* as it is written */ }
      const [id, settings] = address.split(/:(.*)/s);
      return id === this.element.id && settings !== undefined ? settings : null;
    }

    follow() {
      const settings = this.asked();
      if (settings === null) return;
      this.values = this.starts();
      const unknown = [];
      for (const pair of settings.split(";").filter(Boolean)) {
        const [path, text] = pair.split("=");
        const input = this.inputs.find((one) => one.dataset.path === path);
        if (!input) unknown.push(path);
        else if (input.type === "checkbox") this.values[path] = text === "1";
        else this.values[path] = input.tagName === "SELECT" ? text : text === "" ? null : Number(text);
      }
      for (const [path, value] of Object.entries(this.values)) this.show(path, value);
      this.part("told").textContent =
        unknown.length ? this.element.dataset.badLink.replace("{part}", unknown.join(", ")) : "";
      this.soon();
      this.element.scrollIntoView();
    }

    async copy() {
      const starts = this.starts();
      const pairs = Object.keys(starts)
        .filter((path) => this.values[path] !== starts[path])
        .map((path) => path + "=" + (this.values[path] === true ? 1 : this.values[path] === false ? 0 : this.values[path]));
      history.replaceState(null, "", "#" + this.element.id + ":" + encodeURI(pairs.join(";")));
      const told = this.part("told");
      try {
        await navigator.clipboard.writeText(location.href);
        told.textContent = this.element.dataset.copied;
      } catch {
        told.textContent = this.element.dataset.byHand.replace("{link}", location.href);
      }
    }
  }

  // Once the page is read; the scripts that it defers may still be to come.
  const ready = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("readystatechange", done);
    else done();
  });

  performance.mark("explorable:boot");
  start().then(async ({ python, bridge }) => {
    performance.mark("explorable:python");
    await ready;
    for (const module of modules) python.runPython("import " + module);
    for (const element of document.querySelectorAll("[data-xp][data-module]")) {
      // One figure that fails must not take the others of the page with it.
      try { new Figure(element, bridge); } catch (error) { console.error("explorables:", error); }
    }
  }).catch((error) => console.error("explorables:", error));
})();
