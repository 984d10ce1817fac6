/* What a page adds to its own HTML: answers at once, a memory on this machine, words
   explained where they stand. Everything is there without it; see studybook/quiz.py. */
(function () {
  "use strict";
  const say = JSON.parse(document.getElementById("studybook-words").textContent);
  const course = document.querySelector('meta[name="studybook-course"]').content;
  const find = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function make(name, attributes, text) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  }

  /* ---- memory: one key an answer, all under the course's name ---- */
  const prefix = course + ":";
  let keeps = true;
  const recall = (key) => {
    const text = localStorage.getItem(prefix + key);
    try { return text === null ? null : JSON.parse(text); } catch { return null; }
  };
  const keep = (key, value) => {
    try { localStorage.setItem(prefix + key, JSON.stringify(value)); } catch { keeps = false; }
  };
  const forget = (key) => {
    try { localStorage.removeItem(prefix + key); } catch { keeps = false; }
  };
  const forgetAll = () => {
    Object.keys(localStorage).filter((key) => key.startsWith(prefix))
      .forEach((key) => localStorage.removeItem(key));
  };
  const keptNote = () => {
    keeps = keeps && !window.studybookForgets;
    return keeps ? say.kept : say.notKept;
  };

  /* An option is remembered by its words, never by its place: an edition may move it. Read
     before anything else writes into the page. */
  const optionKeys = new Map(find(".sb-option input").map((input) => {
    const words = input.closest(".sb-option").textContent.trim().replace(/\s+/g, " ");
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(words)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return [input, "words:" + hash.toString(16)];
  }));
  const tick = (inputs, keys) => {
    // What an earlier edition kept by place, and an answer of which an option is gone, tick
    // nothing: half an answer would be marked as if the reader had given it.
    const kept = new Set(keys);
    const still = inputs.filter((input) => kept.has(optionKeys.get(input)));
    if (!still.length || still.length < kept.size) return false;
    still.forEach((input) => { input.checked = true; });
    return true;
  };

  /* ---- quiz ---- */
  function quiz(root) {
    const chapter = root.dataset.chapter;
    const questions = find(".sb-question", root);
    const right = new Map();
    const score = make("p", { class: "sb-score", role: "status" });
    root.append(score);
    function tell() {
      const answered = questions.filter((q) => right.has(q)).length;
      const good = questions.filter((q) => right.get(q)).length;
      score.textContent = answered
        ? fill(say.answered, { right: good, total: questions.length }) + " " + keptNote() : "";
      if (answered) keep(chapter + ":score", [good, questions.length]);
    }
    questions.forEach((question) => {
      const key = chapter + ":quiz:" + question.dataset.question;
      const inputs = find("input", question);
      const several = question.dataset.kind === "checkbox";
      const answers = question.querySelector(".sb-answers");
      const feedback = make("div", { class: "sb-feedback", role: "status" });
      const items = find("li", answers);
      answers.hidden = true;
      question.insertBefore(feedback, answers);

      function mark() {
        const ticked = inputs.filter((input) => input.checked);
        feedback.textContent = "";
        inputs.forEach((input) => input.closest(".sb-option").removeAttribute("data-marked"));
        ticked.forEach((input) => {
          const item = items[Number(input.value)];
          const good = item.dataset.right === "true";
          input.closest(".sb-option").dataset.marked = good ? "right" : "wrong";
          const line = make("p", { class: good ? "sb-right" : "sb-wrong" });
          line.innerHTML = item.querySelector("span").innerHTML;
          if (several) line.prepend(item.querySelector("em").cloneNode(true), " ");
          feedback.append(line);
        });
        const all = inputs.every((input, at) => input.checked === (items[at].dataset.right === "true"));
        question.dataset.state = all ? "right" : "wrong";
        right.set(question, all);
        keep(key, ticked.map((input) => optionKeys.get(input)));
        tell();
      }

      if (several) {
        const button = make("button", { type: "button", class: "sb-button sb-check" }, say.check);
        button.addEventListener("click", mark);
        question.insertBefore(button, feedback);
      } else {
        // Arrow keys move through radio buttons and tick each on the way: wait for Enter,
        // or the keyboard would give the answers away.
        let moving = false;
        question.addEventListener("keydown", (event) => {
          if (event.key.startsWith("Arrow")) moving = true;
          else if (event.key === "Enter" || event.key === " ") {
            moving = false;
            if (inputs.some((input) => input.checked)) { event.preventDefault(); mark(); }
          }
        });
        question.addEventListener("pointerdown", () => { moving = false; });
        question.addEventListener("change", () => {
          if (moving) feedback.textContent = say.checkHint;
          else mark();
        });
      }
      const before = recall(key);
      if (Array.isArray(before) && tick(inputs, before)) mark();
    });
    // On paper the answers stand below the questions, upside down.
    const letters = (question) => find(".sb-answers li", question)
      .map((item, at) => (item.dataset.right === "true" ? "abcdef"[at] : "")).filter(Boolean).join(", ");
    const summary = root.querySelector(".sb-answers summary");
    root.append(make("p", { class: "sb-key", "aria-hidden": "true" },
      summary.firstChild.textContent + ": " + questions.map((q, at) => (at + 1) + " " + letters(q)).join(" · ")));
    // The cover tells of no answer that this edition no longer has.
    if (!right.size) forget(chapter + ":score");
  }

  /* ---- predictions, and the answer beside them ---- */
  const predictionKey = (root) => root.dataset.chapter + ":predict:" + root.dataset.prediction;
  // What was kept, if it answers what is asked: another edition may have asked otherwise.
  const predicted = (root) => {
    const saved = recall(predictionKey(root));
    return typeof saved === (root.dataset.kind === "number" ? "number" : "string") ? saved : null;
  };

  function predict(root) {
    const note = root.querySelector(".sb-note");
    const inputs = find("input", root);
    const key = predictionKey(root);
    const number = root.dataset.kind === "number";
    note.setAttribute("role", "status");
    const saved = predicted(root);
    if (saved !== null) {
      if (number) inputs[0].value = saved;
      if (number || tick(inputs, [saved])) note.textContent = keptNote();
    }
    root.addEventListener("change", () => {
      const input = inputs[0];
      if (number && input.value === "" && !input.validity.badInput) return;
      if (number && (input.validity.badInput || input.validity.rangeUnderflow || input.validity.rangeOverflow)) {
        input.setAttribute("aria-invalid", "true");
        note.textContent = fill(say.outside, { low: input.min, high: input.max });
        return;
      }
      input.removeAttribute("aria-invalid");
      keep(key, number ? Number(input.value) : optionKeys.get(inputs.find((each) => each.checked)));
      note.textContent = keptNote();
      find('[data-studybook="compare"]').forEach(compare);
    });
  }

  function compare(root) {
    const saved = predicted(root);
    const place = root.querySelector(".sb-yours");
    // The question is named before it is looked for: an answer that is gone counts as none.
    const asks = "predict-" + root.dataset.chapter + "-" + root.dataset.prediction;
    const none = () => {
      const link = make("a", { href: "#" + asks }, say.nothing);
      place.replaceChildren(document.getElementById(asks) ? link : say.nothing);
    };
    place.classList.toggle("sb-none", saved === null);
    if (saved === null) {
      none();
    } else if (root.dataset.kind === "number") {
      place.textContent = fill(say.unit, { guess: saved, unit: root.dataset.unit });
    } else {
      const asked = find('[data-studybook="predict"]')
        .find((each) => predictionKey(each) === predictionKey(root));
      const chosen = asked ? find("input", asked).find((each) => optionKeys.get(each) === saved) : null;
      place.classList.toggle("sb-none", !chosen);
      if (chosen) place.textContent = chosen.closest("label").textContent.trim();
      else none();
    }
  }

  /* ---- a place to write, under the reflection ---- */
  function reflection(root) {
    const key = root.dataset.chapter + ":reflection";
    const id = "text-" + root.dataset.chapter;
    const label = make("label", { for: id }, say.yourText);
    const text = make("textarea", { id: id, rows: "8" });
    const note = make("p", { class: "sb-note", role: "status" });
    const count = () => fill(say.words, { n: text.value.split(/\s+/).filter(Boolean).length });
    text.value = recall(key) || "";
    if (text.value) note.textContent = count() + " · " + keptNote();
    text.addEventListener("change", () => {
      keep(key, text.value);
      note.textContent = count() + " · " + keptNote();
    });
    root.append(label, text, note);
  }

  /* ---- progress on the cover, and forgetting ---- */
  function progress(place) {
    const score = recall(place.dataset.progress + ":score");
    if (score) place.textContent = " · " + fill(say.quizState, { right: score[0], total: score[1] });
  }

  function clear(root) {
    const button = make("button", { type: "button", class: "sb-button" }, say.clear);
    const note = make("p", { class: "sb-note", role: "status" });
    button.addEventListener("click", () => {
      if (!window.confirm(say.sure)) return;
      forgetAll();
      note.textContent = say.cleared;
    });
    root.append(button, note);
  }

  /* ---- words explained where they stand ---- */
  const roomy = window.matchMedia("(min-width: 58rem)");
  const noteOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  /* A touch opens the note at the foot of the window, where it can be closed again; in a wide
     window the note stands in the margin, and is pointed out there if it is in sight. */
  function openNote(note) {
    const box = note.getBoundingClientRect();
    if (roomy.matches && box.height && box.top > 0 && box.bottom < window.innerHeight) {
      note.classList.add("sb-pointed");
      setTimeout(() => note.classList.remove("sb-pointed"), 2000);
      return;
    }
    const sheet = make("div", { class: "sb-sheet-note", role: "dialog", popover: "auto", "aria-label": say.note });
    const text = make("p");
    text.innerHTML = note.innerHTML;
    text.querySelector(".sb-note-back").remove();
    const close = make("button", { type: "button", class: "sb-button sb-quiet" }, say.close);
    close.addEventListener("click", () => sheet.hidePopover());
    sheet.append(text, close);
    sheet.addEventListener("toggle", (event) => { if (event.newState === "closed") sheet.remove(); });
    document.body.append(sheet);
    sheet.showPopover();
    close.focus();
  }

  function explain(link, at) {
    const note = noteOf(link);
    if (!note || !note.classList.contains("sb-margin-note")) return;
    const copy = note.cloneNode(true);
    copy.querySelector(".sb-note-back").remove();
    const tip = make("span", { class: "sb-tip", role: "tooltip", id: "sb-tip-" + at, hidden: "" }, copy.textContent.trim());
    link.setAttribute("aria-describedby", tip.id);
    link.after(tip);
    let closing = 0;
    const place = () => {
      const word = link.getClientRects()[0] || link.getBoundingClientRect();
      const width = Math.min(340, document.documentElement.clientWidth - 24);
      tip.style.maxWidth = width + "px";
      const box = tip.getBoundingClientRect();
      const left = Math.min(Math.max(12, word.left), document.documentElement.clientWidth - box.width - 12);
      const below = word.bottom + box.height + 8 < window.innerHeight;
      tip.style.left = left + "px";
      tip.style.top = (below ? word.bottom + 2 : word.top - box.height - 2) + "px";
    };
    const open = () => {
      clearTimeout(closing);
      tip.hidden = false;
      place();
    };
    const close = () => { tip.hidden = true; };
    // A pause lets the pointer cross to the explanation and stay there.
    const closeSoon = () => { closing = setTimeout(close, 200); };
    link.addEventListener("mouseenter", open);
    link.addEventListener("mouseleave", closeSoon);
    tip.addEventListener("mouseenter", () => clearTimeout(closing));
    tip.addEventListener("mouseleave", closeSoon);
    link.addEventListener("focus", () => { if (link.matches(":focus-visible")) open(); });
    link.addEventListener("blur", close);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      close();
      openNote(note);
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    window.addEventListener("scroll", () => { if (!tip.hidden) place(); }, { passive: true });
  }

  /* ---- what a narrow window folds, a wide one shows ---- */
  function unfold() {
    const wide = window.matchMedia("(min-width: 48rem)");
    const parts = find("details.sb-narrow");
    const set = () => {
      parts.forEach((part) => { part.open = wide.matches; });
      const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target) show(target);
    };
    set();
    wide.addEventListener("change", set);
  }
  // Whatever a link leads to is open when the reader gets there.
  function show(target) {
    const inside = target.closest("details");
    if (inside) inside.open = true;
    const part = target.querySelector(":scope > details.sb-part");
    if (part) part.open = true;
  }

  /* ---- where one is, and the way back from a jump ---- */
  function orient() {
    const place = document.querySelector('[data-studybook="section"]');
    const stops = find(".sb-rail a");
    const sections = stops.map((stop) => document.getElementById(decodeURIComponent(stop.hash.slice(1))));
    let now = null;
    const look = () => {
      // The last that has begun; of several that begin in the window's upper third, the first.
      let [at, begins] = [-1, -1];
      sections.forEach((section, nth) => {
        const top = section ? section.getBoundingClientRect().top : Infinity;
        if (top < window.innerHeight / 3 && begins < 0) [at, begins] = [nth, top];
      });
      if (at === now) return;
      now = at;
      stops.forEach((stop, nth) => {
        if (nth === at) stop.setAttribute("aria-current", "true"); else stop.removeAttribute("aria-current");
        stop.parentElement.classList.toggle("sb-walked-stop", nth < at);
      });
      if (place) place.textContent = at < 0 ? "" : stops[at].textContent;
    };
    let asked = false;
    window.addEventListener("scroll", () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => { asked = false; look(); });
    }, { passive: true });
    look();

    const back = document.querySelector(".sb-back");
    let from = 0;
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("main a[href^='#']");
      if (!link || event.defaultPrevented) return;
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      show(target);
      from = window.scrollY;
      requestAnimationFrame(() => requestAnimationFrame(() => {
        back.hidden = Math.abs(window.scrollY - from) < window.innerHeight;
      }));
    });
    back.addEventListener("click", (event) => {
      event.preventDefault();
      window.scrollTo({ top: from });
      back.hidden = true;
    });
  }

  /* ---- light, dark, or as the system has it ---- */
  function mode(button) {
    button.addEventListener("click", () => {
      const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const other = system === "dark" ? "light" : "dark";
      const round = ["auto", other, system];
      const next = round[(round.indexOf(localStorage.getItem("mode")) + 1) % round.length];
      localStorage.setItem("mode", next);
      localStorage.setItem("theme", next === "auto" ? system : next);
      document.documentElement.dataset.mode = next;
      document.documentElement.dataset.theme = next === "auto" ? system : next;
    });
  }

  function search(link) {
    const dialog = document.getElementById("sb-search");
    const field = dialog.querySelector("input");
    const open = (event) => {
      if (document.querySelector("main .bd-search")) return;
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      field.focus();
      field.select();
    };
    link.addEventListener("click", open);
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  /* ---- a box that scrolls sideways can be reached and has a name ---- */
  function reach(box) {
    if (box.scrollWidth <= box.clientWidth) return;
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", box.matches("pre") ? say.scrollCode : say.scroll);
  }
  const SCROLLS = ".pst-scrollable-table-container, .highlight pre";
  // What is folded has no width until it is opened.
  document.addEventListener("toggle", (event) => find(SCROLLS, event.target).forEach(reach), true);

  function start() {
    const parts = { quiz, predict, compare, reflection, clear, mode, search };
    for (const [name, run] of Object.entries(parts)) {
      find('[data-studybook="' + name + '"]').forEach(run);
    }
    find("[data-progress]").forEach(progress);
    unfold();
    orient();
    find("a.sb-hover").forEach(explain);
    find(SCROLLS).forEach(reach);
    find('[data-studybook="print"]').forEach((button) => {
      button.addEventListener("click", () => window.print());
    });
    document.documentElement.dataset.studybook = "ready";
  }

  /* ---- paper: the address at the foot, figures as they are set, nothing folded ---- */
  const foot = document.head.appendChild(make("style", { media: "print" }));
  let folded = [];
  function set(input) {
    if (input.type === "checkbox") return input.checked ? say.yes : say.no;
    if (input.selectedOptions) return input.selectedOptions[0].textContent;
    return input.getAttribute("aria-valuetext") || input.value;
  }
  const named = (control) => control.querySelector("label").textContent.trim();
  const setting = (control) => named(control) + ": " + set(control.querySelector("input, select"));
  // A table by its columns: each value of one stands after the name of its row.
  function columns(table) {
    const told = {};
    find(".xp-cell [data-path]:not([type=number])", table).forEach((cell) => {
      const row = cell.closest(".xp-row").querySelector(".xp-row-label").textContent;
      (told[named(cell.closest(".xp-cell"))] ??= []).push(row + " " + set(cell));
    });
    return Object.entries(told).map(([name, values]) => name + ": " + values.join(", "));
  }
  function prepare() {
    const address = location.host + decodeURI(location.pathname);
    const quoted = address.replace(/[^\w .:/-]/g, (sign) => "\\" + sign.codePointAt(0).toString(16) + " ");
    foot.textContent = '@page { @bottom-left { content: "' + quoted + '" } }';
    find(".xp").forEach((figure) => {
      const told = find("form .xp-control", figure).flatMap((each) =>
        each.matches(".xp-whole") ? columns(each) : [setting(each)]);
      const place = figure.querySelector(".xp-start")
        || figure.appendChild(make("p", { class: "xp-start" }));
      place.textContent = told.length ? say.settings + " " + told.join("; ") + "." : "";
      const head = figure.closest("section")?.querySelector("h2, h3");
      const title = figure.querySelector(".xp-title").textContent;
      figure.classList.toggle("xp-named", head?.firstChild.textContent.trim() === title);
    });
    // Links to other pages of the book, by their path from its root; a download's is not for typing.
    const root = new URL(document.documentElement.dataset.content_root, location.href).href;
    find(".bd-article a[href]").forEach((link) => {
      const to = link.href.split(root)[1];
      if (to && to[0] !== "_" && link.pathname !== location.pathname) link.dataset.address = decodeURI(to);
    });
  }
  prepare();
  window.addEventListener("beforeprint", () => {
    prepare();
    folded = find("details:not([open])");
    folded.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => { folded.forEach((each) => { each.open = false; }); });

  start();
})();
