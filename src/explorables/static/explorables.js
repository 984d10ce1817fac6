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
  const SMALL = 0.32; // of the window's height, for a picture that follows
  const ROOMY = 480; // px of window: with less, a picture at the top would leave no controls
  const EDGE = 8; // px that a handle may stand beyond its picture
  const FINGER = 24; // px across, the least that a finger may be asked to hit
  const KNOB = 36; // px across, what takes a handle where its neighbours leave room
  const CHOSEN = 44; // px across, for the handle that a finger has chosen
  const PASSES = 64; // of pushing handles apart, at most
  const PAUSE_MS = 700; // between two moves of one slider that are undone one by one
  const AWAKE = "[data-xp][data-module]:not([data-rest])";
  const RESTING = "[data-xp][data-module][data-rest]";
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
      const answer = fetch(here + "micropython.wasm" + version);
      // Some servers send wasm without its type, which streaming insists on.
      return WebAssembly.compileStreaming(answer).catch(async () =>
        WebAssembly.compile(await (await fetch(here + "micropython.wasm")).arrayBuffer()));
    }
    await load("micropython.wasm.js");
    return WebAssembly.compileStreaming(fetch("data:application/wasm;base64," + window.explorablesWasm));
  };

  // Each file once, whoever asks for it.
  const files = {};
  const have = (name) => (files[name] ||= load(name).catch((error) => {
    delete files[name]; // so that the reader can try again
    throw error;
  }));

  // Hand on what was loaded since the last time.
  const install = (python, bridge) => {
    for (const [path, source] of Object.entries(window.explorablesFiles)) {
      python.FS.mkdirTree("/lib/" + path.replace(/\/[^/]*$/, ""));
      python.FS.writeFile("/lib/" + path, source);
    }
    window.explorablesFiles = {};
    bridge?.speak(JSON.stringify({ messages: window.explorablesWords || {}, ...window.explorablesMarks }));
  };

  const start = async () => {
    const wasm = compiled();
    await Promise.all(["micropython.js", "core.js", ...modules.map((name) => name + ".js")].map(have));
    const machine = await wasm;
    const python = await window.loadMicroPython({
      heapsize: 4 << 20,
      stdout: (line) => console.log(line),
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(machine, imports).then(done);
        return {};
      },
    });
    install(python);
    python.runPython("from explorables import bridge");
    const bridge = python.globals.get("bridge");
    install(python, bridge);
    return { python, bridge };
  };

  // One runtime for all figures of a page.
  let running = null;
  const runtime = () => (running ||= start().catch((error) => {
    running = null;
    throw error;
  }));

  // A picture that is larger than its window is moved on by finger or by keys.
  const reach = (element) => {
    for (const one of element.querySelectorAll(".xp-figure:not(.xp-ghost)")) {
      if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) {
        one.tabIndex = 0;
        one.setAttribute("role", "group");
        one.setAttribute("aria-labelledby", element.getAttribute("aria-labelledby"));
      } else for (const name of ["tabindex", "role", "aria-labelledby"]) one.removeAttribute(name);
    }
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
      this.steps = [...element.querySelectorAll(".xp-step")];
      for (const item of [...this.form.elements, ...this.steps, this.part("away")]) item.disabled = false;
      [this.past, this.future] = [[], []];
      this.able();
      this.form.addEventListener("input", (event) => this.held(event.target) || this.changed(event.target));
      this.form.addEventListener("pointerdown", (event) => this.touched(event));
      this.form.addEventListener("pointermove", (event) => this.meant(event));
      this.form.addEventListener("pointerup", (event) => this.lifted(event));
      this.form.addEventListener("pointercancel", () => this.scrolled());
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", () => setTimeout(() => this.reset()));
      this.part("copy").addEventListener("click", () => this.copy());
      this.part("undo").addEventListener("click", () => this.travel(this.past, this.future));
      this.part("redo").addEventListener("click", () => this.travel(this.future, this.past));
      this.part("keep").addEventListener("click", () => this.keepPicture(!this.kept && this.values));
      for (const step of this.steps) step.addEventListener("click", () => this.take(step));
      const data = this.part("data");
      if (data) data.addEventListener("toggle", () => this.tabulate());
      new ResizeObserver(() => { this.fit(); reach(element); this.place(); }).observe(element);
      for (const one of this.pictures) one.addEventListener("scroll", () => this.slid(), { passive: true });
      addEventListener("scroll", () => this.watch(), { passive: true });
      addEventListener("resize", () => (this.whole(), this.watch()));
      this.form.addEventListener("focusin", (event) => this.uncover(event.target));
      this.ghosts = [];
      this.task = this.part("try")?.textContent;
      this.watched = element.dataset.watch;
      this.knobs = new Map();
      const sight = this.part("sight");
      for (const kind of ["pointerup", "click"]) sight.addEventListener(kind, (event) => this.choose(event));
      addEventListener("pointerdown", (event) => this.aim(event), true); // before a knob hears of it
      this.place();
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
        if (input.type === "checkbox") input.checked = value === true;
        else if (input.tagName === "SELECT") input.value = value;
        else if (value !== null && !Number.isNaN(Number(value))) {
          const range = this.inputs.find((one) => one.dataset.path === path);
          const text = Number(value).toFixed(range.dataset.decimals);
          input.value = text;
          if (input.type === "range") {
            const unit = range.dataset.unit || "";
            const shown = text.replace("-", "\u2212").replace(".", window.explorablesMarks.decimal);
            input.setAttribute("aria-valuetext", shown + (unit && unit !== "%" ? "\u00a0" : "") + unit);
          }
        }
      }
    }

    nested(values = this.values) {
      const all = {};
      for (const [path, value] of Object.entries(values)) {
        const [name, row, column] = path.split(".");
        if (column === undefined) all[name] = value;
        else ((all[name] ||= [])[row] ||= {})[column] = value;
      }
      return JSON.stringify(all);
    }

    changed(input) {
      const path = input.dataset.path;
      if (!path) return;
      this.remember(path);
      this.values[path] = this.read(input);
      this.show(path, this.values[path]);
      this.soon();
    }

    // What was set before can be had again: one step for all that a slider does
    // in one go.

    remember(path = "") {
      const now = performance.now();
      if (!path || path !== this.moving || now - this.moved > PAUSE_MS) {
        this.past.push({ ...this.values });
        this.future = [];
        this.able();
      }
      [this.moving, this.moved] = [path, now];
      this.unpress();
    }

    unpress() {
      for (const step of this.steps) step.setAttribute("aria-pressed", "false");
    }

    able() {
      this.part("undo").disabled = !this.past.length;
      this.part("redo").disabled = !this.future.length;
    }

    travel(from, to) {
      to.push({ ...this.values });
      const values = from.pop();
      const button = document.activeElement;
      this.able();
      // The last step back must not throw the keyboard out of the figure.
      if (button.disabled) this.part(from === this.past ? "redo" : "undo").focus();
      this.moving = "";
      this.adopt(values);
    }

    adopt(values) {
      this.unpress();
      this.values = values;
      for (const [path, value] of Object.entries(values)) this.show(path, value);
      this.soon();
    }

    take(step) {
      this.remember();
      this.part("try").textContent = step.dataset.look;
      // Not under what a page has at its top.
      this.part("task").scrollIntoView({ block: "nearest", behavior: "instant" });
      this.watched = step.dataset.watch;
      this.adopt({ ...this.starts(), ...JSON.parse(step.dataset.set) });
      step.setAttribute("aria-pressed", "true");
    }

    // The picture of a setting, pale, behind those that follow.

    keepPicture(values) {
      this.kept = values ? { ...values } : null;
      this.part("keep").setAttribute("aria-pressed", !!values);
      this.part("told").textContent = values ? this.element.dataset.keptNow : "";
      this.ghosts.forEach((ghost) => ghost.remove());
      this.ghosts = this.kept ? this.pictures.map((picture) => picture.cloneNode(true)) : [];
      this.ghosts.forEach((ghost, place) => {
        ghost.classList.add("xp-ghost");
        ghost.setAttribute("aria-hidden", "true");
        ghost.removeAttribute("tabindex");
        this.pictures[place].before(ghost);
        ghost.scrollLeft = this.pictures[place].scrollLeft;
      });
      this.haunted = values === this.values ? this.spans + this.picture.dataset.width : "";
      this.haunt();
    }

    // Drawn anew only when the axes have moved: it must stand on the same ones.
    haunt() {
      if (!this.kept || this.haunted === this.spans + this.picture.dataset.width) return;
      const frame = this.ask(this.picture, this.nested(this.kept));
      if ("error" in frame) return;
      this.ghosts[this.pictures.indexOf(this.picture)].innerHTML = frame.svg;
      this.haunted = this.spans + this.picture.dataset.width;
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
      this.remember();
      this.spans = "{}";
      if (this.asked() !== null) history.replaceState(null, "", location.pathname + location.search);
      this.keepPicture(null);
      this.part("try").textContent = this.task;
      this.watched = this.element.dataset.watch;
      this.adopt(this.starts());
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

    ask(picture, raw = this.raw) {
      try {
        return JSON.parse(this.bridge.frame(this.key, raw, Number(picture.dataset.width), this.spans));
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
      this.place();
      this.haunt();
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
      this.haunt();
    }

    refresh(picture) {
      if (!this.stale.delete(picture)) return;
      const frame = this.ask(picture);
      if (!("error" in frame)) picture.innerHTML = frame.svg;
    }

    // The pale copy of a strip of panels and its handles go along with it.

    slid() {
      for (const ghost of this.ghosts) ghost.scrollLeft = this.picture.scrollLeft;
      this.place();
    }

    // Handles: over every place that the drawing marks lies a knob that can be
    // pulled, or moved with keys, as the slider of the same number can. The knobs
    // stay while the drawing below them is replaced, and so keep finger and focus.
    // A thumb that scrolls past may begin on a knob: to a finger it answers once
    // a tap has chosen it, which is to say, once it has the focus.

    place() {
      for (const knob of this.knobs.values()) this.tell(knob);
      if (this.element.classList.contains("xp-small")) return;
      const box = this.part("sight").getBoundingClientRect();
      const gone = new Set(this.knobs.keys());
      for (const mark of this.picture.querySelectorAll("[data-handle]")) {
        const moves = mark.dataset.handle.split(";").map((move) => move.split(" "));
        const key = moves.map(([path]) => path).join();
        const at = mark.getBoundingClientRect();
        // In a panel that is not in the strip's window.
        if (at.left + at.width / 2 < box.left - EDGE || at.left + at.width / 2 > box.right + EDGE) continue;
        const knob = this.knobs.get(key) || this.knob(key, moves.length);
        gone.delete(key);
        const scale = mark.getScreenCTM().a;
        knob.moves = moves.map(([path, right, down]) => ({ path, right: right * scale, down: down * scale }));
        knob.at = { x: at.left + at.width / 2 - box.left, y: at.top + at.height / 2 - box.top };
        this.tell(knob);
      }
      for (const key of gone) {
        const knob = this.knobs.get(key);
        this.knobs.delete(key);
        knob.remove();
      }
      this.spread();
    }

    // No knob lies on another, though their marks may: a finger would have the wrong
    // one. The chosen one takes what room there is, and leaves its neighbours the least.

    spread() {
      const knobs = [...this.knobs.values()];
      const spots = new Map(knobs.map((knob) => [knob, { ...knob.at }]));
      const from = (one, other) => {
        const [a, b] = [spots.get(one), spots.get(other)];
        return { a, b, across: b.x - a.x, down: b.y - a.y, far: Math.hypot(b.x - a.x, b.y - a.y) };
      };
      for (let [pass, near] = [0, true]; near && pass < PASSES; pass++) {
        near = false;
        knobs.forEach((knob, place) => knobs.slice(0, place).forEach((other) => {
          const { a, b, across, down, far } = from(other, knob);
          if (far >= FINGER) return;
          near = true;
          // Those on one spot part sideways.
          const [x, y] = far ? [across / far, down / far] : [1, 0];
          const push = (FINGER + 0.1 - far) / 2;
          [a.x, a.y, b.x, b.y] = [a.x - x * push, a.y - y * push, b.x + x * push, b.y + y * push];
        }));
      }
      const wide = (knob, most, room) => Math.min(most, ...knobs
        .filter((other) => other !== knob).map((other) => room(other, from(knob, other).far)));
      const chosen = knobs.find((knob) => knob === document.activeElement);
      const taken = chosen && wide(chosen, CHOSEN, (_, far) => 2 * far - FINGER);
      for (const [knob, { x, y }] of spots) {
        const size = knob === chosen ? taken
          : wide(knob, KNOB, (other, far) => (other === chosen ? 2 * far - taken : far));
        knob.style.left = x + "px";
        knob.style.top = y + "px";
        knob.style.setProperty("--xp-knob", size + "px");
      }
    }

    tell(knob) {
      const sliders = knob.moves.map(({ path }) => this.slider(path));
      knob.setAttribute("aria-valuenow", sliders[0].value);
      knob.setAttribute("aria-valuetext", sliders.map((one) => one.getAttribute("aria-valuetext")).join("; "));
    }

    slider(path) {
      return this.inputs.find((one) => one.dataset.path === path && one.type === "range");
    }

    knob(key, count) {
      const knob = document.createElement("span");
      const sliders = key.split(",").map((path) => this.slider(path));
      const name = (one) => one.getAttribute("aria-label") || one.labels[0].textContent;
      const label = this.element.dataset.inPicture.replace("{name}", sliders.map(name).join("; "));
      const said = { role: "slider", "aria-label": label,
        "aria-valuemin": sliders[0].min, "aria-valuemax": sliders[0].max };
      for (const [attribute, text] of Object.entries(said)) knob.setAttribute(attribute, text);
      knob.className = "xp-knob";
      knob.tabIndex = 0;
      knob.addEventListener("pointerdown", (event) => this.grab(event, knob));
      knob.addEventListener("pointermove", (event) => this.pull(event, knob));
      for (const end of ["pointerup", "pointercancel"]) knob.addEventListener(end, () => (knob.held = null));
      for (const kind of ["focus", "blur"]) knob.addEventListener(kind, () => this.spread());
      knob.addEventListener("keydown", (event) => this.press(event, knob, count));
      this.knobs.set(key, knob);
      this.part("words").before(knob);
      return knob;
    }

    // A finger that comes down anywhere but on the chosen knob lets go of it.
    aim(event) {
      const inside = this.part("sight").contains(event.target);
      const finger = event.pointerType !== "mouse";
      this.finger = inside && finger ? { x: event.clientX, y: event.clientY, pulls: false } : null;
      const chosen = document.activeElement;
      if (finger && event.target !== chosen && [...this.knobs.values()].includes(chosen)) chosen.blur();
    }

    // A tap chooses the nearest knob. Some browsers tell of it by a click alone, and for
    // some that click comes after the focus has gone to what was under the finger.
    choose(event) {
      if (!this.finger) {
        // What reads the screen aloud clicks without a finger.
        if (event.type === "click" && [...this.knobs.values()].includes(event.target)) event.target.focus();
        return;
      }
      const { x, y, pulls } = this.finger;
      if (pulls || event.type === "pointerup" && Math.hypot(event.clientX - x, event.clientY - y) > SIDEWAYS) return;
      const far = (knob) => {
        const { left, top, width, height } = knob.getBoundingClientRect();
        return Math.hypot(left + width / 2 - x, top + height / 2 - y);
      };
      const [near] = [...this.knobs.values()].sort((one, other) => far(one) - far(other));
      if (near && far(near) <= CHOSEN / 2) near.focus({ preventScroll: true });
    }

    grab(event, knob) {
      if (event.button || this.finger && knob !== document.activeElement) return;
      event.preventDefault();
      knob.setPointerCapture(event.pointerId);
      knob.focus({ preventScroll: true });
      knob.held = { x: event.clientX, y: event.clientY, from: knob.moves.map(({ path }) => Number(this.slider(path).value)) };
    }

    pull(event, knob) {
      if (!knob.held) return;
      const across = event.clientX - knob.held.x;
      const up = event.clientY - knob.held.y;
      // A tap may tremble.
      if (this.finger && !this.finger.pulls && Math.hypot(across, up) < SIDEWAYS) return;
      if (this.finger) this.finger.pulls = true;
      this.set(knob.moves.map(({ path, right, down }, place) =>
        [path, knob.held.from[place] + (across * right + up * down) / (right * right + down * down)]));
    }

    press(event, knob, count) {
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      const end = { Home: "min", End: "max" }[event.key];
      if (!steps && !end || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      // With two numbers, up and down are for the second.
      const { path } = knob.moves[count > 1 && /Up|Down/.test(event.key) ? 1 : 0];
      const slider = this.slider(path);
      this.set([[path, end ? Number(slider[end]) : Number(slider.value) + steps * Number(slider.step)]]);
    }

    set(pairs) {
      let moved = false;
      for (const [path, value] of pairs) {
        const slider = this.slider(path);
        slider.value = value; // on its grid and within its ends
        if (this.values[path] === this.read(slider)) continue;
        if (!moved) this.remember(pairs.map(([each]) => each).join());
        this.values[path] = this.read(slider);
        this.show(path, this.values[path]);
        moved = true;
      }
      if (moved) this.soon();
    }

    // In sight: when no more of the picture is left in the window than its small
    // form takes, the small form stays at the top instead. The room is kept above the
    // form below, so that nothing moves.

    watch() {
      const { top, bottom } = this.element.getBoundingClientRect();
      if (top > innerHeight || bottom < -innerHeight) return;
      const stage = this.part("stage");
      // Beside its controls it stays at its full size.
      if (getComputedStyle(stage).float !== "none") return this.element.classList.contains("xp-small") && this.whole();
      const header = parseFloat(getComputedStyle(stage).top) || 0;
      const controls = this.part("controls");
      const left = controls.getBoundingClientRect().top - header;
      // On paper there are no controls that the picture would make room for.
      const small = controls.checkVisibility() && innerHeight >= ROOMY && left < this.small();
      if (small === this.element.classList.contains("xp-small")) return;
      if (!small) return this.whole();
      this.height = stage.getBoundingClientRect().height;
      this.stood = this.picture.scrollLeft;
      this.element.classList.add("xp-small");
      this.keep();
      this.begin();
      reach(this.element);
    }

    // The small picture begins with the heading of what is to be watched.
    begin() {
      const heads = [...this.picture.querySelectorAll("text")];
      const head = this.watched && heads.find((one) => one.textContent.startsWith(this.watched));
      const box = this.picture.getBoundingClientRect();
      const at = head && head.getBoundingClientRect();
      const left = head ? this.picture.scrollLeft + head.closest("svg").getBoundingClientRect().left - box.left : 0;
      const top = head ? this.picture.scrollTop + at.top - box.top : 0;
      this.picture.scrollTo({ left, top, behavior: "instant" });
    }

    small() {
      return this.element.classList.contains("xp-put") ? 40 : Math.min(SMALL * innerHeight, 272);
    }

    // Nothing is measured in between, or the browser would scroll to make up for it.
    keep() {
      this.element.style.setProperty("--xp-small", this.small() + "px");
      this.form.style.marginTop = this.height - this.small() + "px";
    }

    whole() {
      if (this.element.classList.contains("xp-small")) {
        this.element.classList.remove("xp-small");
        this.picture.scrollTo({ left: this.stood, top: 0, behavior: "instant" });
        reach(this.element);
      }
      this.form.style.marginTop = "";
      this.place();
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
        const { top, bottom } = control.getBoundingClientRect();
        const stage = this.part("stage");
        const style = getComputedStyle(stage);
        if (style.float !== "none") {
          // At the figure's end the picture would leave before its last controls.
          const gone = parseFloat(style.top) - stage.getBoundingClientRect().top;
          const room = innerHeight - bottom - 12;
          if (gone > 0 && room > 0) scrollBy({ top: -Math.min(gone, room), behavior: "instant" });
          return;
        }
        if (!this.element.classList.contains("xp-small")) return;
        const over = this.part("stage").getBoundingClientRect().bottom + 12 - top;
        const under = bottom + 12 - innerHeight;
        if (over > 0) scrollBy({ top: -over, behavior: "instant" });
        else if (under > 0) scrollBy({ top: under, behavior: "instant" });
      });
    }

    // Links to settings: #xp-name:path=value;path=value, and after a ~ what it is compared with.

    asked() {
      let address = location.hash.slice(1);
      // What is no percent code, such as "#100%", is taken as it is written.
      try { address = decodeURIComponent(address); } catch { /* as it is written */ }
      const [id, settings] = address.split(/:(.*)/s);
      return id === this.element.id && settings !== undefined ? settings : null;
    }

    parse(text) {
      const values = this.starts();
      const unknown = [];
      for (const pair of text.split(";").filter(Boolean)) {
        const [path, said] = pair.split("=");
        const input = this.inputs.find((one) => one.dataset.path === path);
        if (!input) unknown.push(path);
        // What is neither on nor off is handed on, for the figure to say so.
        else if (input.type === "checkbox") values[path] = { 1: true, 0: false }[said] ?? said;
        else values[path] = input.tagName === "SELECT" ? said : said ? Number(said) : null;
      }
      return { values, unknown: unknown.join(", ") };
    }

    written(values) {
      const starts = this.starts();
      return Object.keys(starts)
        .filter((path) => values[path] !== starts[path])
        .map((path) => path + "=" + (values[path] === true ? 1 : values[path] === false ? 0 : values[path]))
        .join(";");
    }

    follow() {
      const asked = this.asked();
      if (asked === null) return;
      const [settings, kept] = asked.split("~");
      const { values, unknown } = this.parse(settings);
      const { badLink, badKept } = this.element.dataset;
      let told = unknown && badLink.replace("{part}", unknown);
      if (kept !== undefined) {
        const other = this.parse(kept);
        const raw = this.nested(other.values);
        const wrong = other.unknown || this.ask(this.picture, raw).error;
        if (wrong) told += " " + badKept.replace("{part}", wrong);
        else this.keepPicture(other.values);
      }
      this.remember();
      this.adopt(values);
      if (told) this.part("told").textContent = told;
      this.element.scrollIntoView();
    }

    async copy() {
      let link = this.element.id + ":" + this.written(this.values);
      if (this.kept) link += "~" + this.written(this.kept);
      history.replaceState(null, "", "#" + encodeURI(link));
      const told = this.part("told");
      try {
        await navigator.clipboard.writeText(location.href);
        told.textContent = this.element.dataset.copied;
      } catch {
        told.textContent = this.element.dataset.byHand.replace("{link}", location.href);
      }
    }
  }

  // A link may name a figure that is not here; the page says so, and which are.

  const lost = () => {
    document.querySelector(".xp-lost")?.remove();
    const name = location.hash.match(/^#(xp-[a-z0-9-]+)/)?.[1];
    if (!name || document.getElementById(name)) return;
    const told = document.createElement("div");
    told.className = "xp-lost";
    told.setAttribute("role", "alert");
    told.append(script.dataset.lost.replace("{part}", name.slice(3)));
    const list = told.appendChild(document.createElement("ul"));
    for (const figure of document.querySelectorAll("[data-xp]")) {
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = "#" + figure.id;
      link.textContent = figure.querySelector(".xp-title").textContent;
    }
    (document.querySelector("main article") || document.querySelector("main") || document.body).prepend(told);
    told.scrollIntoView({ block: "center" });
  };

  // Once the page is read; the scripts that it defers may still be to come.
  const ready = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("readystatechange", done);
    else done();
  });

  // Words before figures: what runs them is asked for when the page has painted. A slow
  // line first brings the whole page, a line that is paid for waits for the reader; a
  // figure that comes near or is touched never waits.

  ready.then(lost);
  addEventListener("hashchange", lost);

  const complete = new Promise((done) => {
    if (document.readyState === "complete") done();
    else addEventListener("load", done);
  });
  const painted = new Promise((done) => {
    complete.then(done); // where a browser does not tell of painting, or the page is hidden
    new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length) done();
    }).observe({ type: "paint", buffered: true });
  });
  const near = ready.then(() => new Promise((done) => {
    const seen = new IntersectionObserver((all) => all.some((one) => one.isIntersecting) && done(), { rootMargin: "100% 0px" });
    for (const element of document.querySelectorAll(AWAKE)) {
      seen.observe(element);
      for (const kind of ["pointerdown", "focusin"]) element.addEventListener(kind, done, { once: true });
    }
    if (location.hash.includes(":")) done(); // a link to a setting
  }));
  const line = navigator.connection || {};
  const early = line.saveData ? [] : /[23]g$/.test(line.effectiveType) ? [complete] : [painted];

  performance.mark("explorable:boot");
  if (modules.length) Promise.race([painted.then(() => near), ...early]).then(runtime).then(async ({ python, bridge }) => {
    performance.mark("explorable:python");
    await ready;
    for (const module of modules) python.runPython("import " + module);
    for (const element of document.querySelectorAll(AWAKE)) {
      // One figure that fails must not take the others of the page with it.
      try { new Figure(element, bridge); } catch (error) { console.error("explorables:", error); }
    }
  }).catch((error) => console.error("explorables:", error));

  // On a page with many figures each is a picture until it is touched, or a link sets it.

  const wake = async (element) => {
    if (element.getAttribute("aria-busy")) return;
    element.setAttribute("aria-busy", "true");
    const button = element.querySelector(".xp-wake");
    try {
      const module = element.dataset.module;
      const [{ python, bridge }] = await Promise.all([runtime(), have(module + ".js")]);
      install(python, bridge);
      python.runPython("import " + module);
      const asked = document.activeElement === button;
      delete element.dataset.rest;
      new Figure(element, bridge);
      // The button is gone: the keyboard goes on where it stood.
      if (asked) element.querySelector(".xp-form :is(input, select)").focus({ preventScroll: true });
    } catch (error) {
      console.error("explorables:", error);
    }
    element.removeAttribute("aria-busy");
  };

  const wakeAsked = () => {
    const id = location.hash.slice(1).split(":")[0];
    const element = location.hash.includes(":") && document.getElementById(id);
    if (element && element.matches(RESTING)) wake(element);
  };

  ready.then(() => {
    for (const element of document.querySelectorAll(RESTING)) {
      reach(element);
      for (const part of [".xp-wake", ".xp-sight"]) {
        element.querySelector(part).addEventListener("click", () => "rest" in element.dataset && wake(element));
      }
    }
    addEventListener("hashchange", wakeAsked);
    wakeAsked();
  });
})();
