/* The lab page: opens an exercise notebook in JupyterLite, says what is going on,
   and keeps the student's work safe. A classic script; the page is whole without it. */
(function () {
  "use strict";

  var root = document.querySelector(".sb-lab");
  if (!root) return;
  var words = JSON.parse(root.querySelector(".sb-lab-words").textContent);
  var status = root.querySelector(".sb-lab-status");
  var notice = root.querySelector(".sb-lab-notice");
  var bar = root.querySelector(".sb-lab-bar");
  var kept = root.querySelector(".sb-lab-kept");
  var dialog = root.querySelector("dialog");
  var base = root.getAttribute("data-lab");
  var query = new URLSearchParams(location.search);
  var release = query.get("notebook") || "";
  var frame = null;

  /* The package as a whole address, so that the line works wherever it is copied to. */
  var wheel = root.querySelector(".sb-lab-install a");
  if (wheel && location.protocol !== "file:") wheel.textContent = wheel.href;

  function say(text) { status.textContent = text; }
  function warn(text) { notice.hidden = false; notice.textContent = text; }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, key) { return values[key]; });
  }

  /* Only a notebook of this course is opened: a plain path of folders and a name. */
  if (!/^[\w-]+(\/[\w-]+)*\.ipynb$/.test(release)) return;
  document.documentElement.classList.add("sb-lab-open");
  root.querySelector(".sb-lab-choose").hidden = true;
  root.querySelector(".sb-lab-room").hidden = false;
  if (location.protocol === "file:") { warn(words.file); return; }

  var folder = release.split("/").slice(0, -1).join("/");
  var name = release.split("/").pop();
  var link = root.querySelector('[data-notebook="' + release + '"]');
  root.querySelector(".sb-lab-title").textContent = link ? link.getAttribute("data-title") : name;
  if (link && link.getAttribute("data-chapter")) root.querySelector(".sb-lab-back").href = link.getAttribute("data-chapter");

  /* Storage first: a student must know before the work, not after it. */
  function storageWorks() {
    return new Promise(function (ok) {
      var request;
      try { request = indexedDB.open("sb-lab-probe"); } catch (error) { ok(false); return; }
      request.onerror = function () { ok(false); };
      request.onsuccess = function () {
        request.result.close();
        indexedDB.deleteDatabase("sb-lab-probe");
        ok(true);
      };
    });
  }
  storageWorks().then(function (works) { if (!works) warn(words.blocked); });

  function app() {
    try { return frame.contentWindow.jupyterapp || null; } catch (error) { return null; }
  }
  function contents() { return app().serviceManager.contents; }
  function panel() {
    var lab = app();
    var widget = lab && lab.shell && lab.shell.currentWidget;
    return widget && widget.context ? widget : null;
  }

  function clock() {
    return new Date().toLocaleTimeString(document.documentElement.lang || undefined,
      { hour: "2-digit", minute: "2-digit" });
  }

  /* What is being done, in words, until the first cell can run. */
  var followed = null;
  function follow() {
    var now = panel();
    if (!app()) {
      say(words.fetching);
    } else if (!now) {
      say(words.opening);
    } else {
      if (now !== followed) {
        followed = now;
        now.context.saveState.connect(function (_, state) {
          if (state === "failed") { warn(words.full); say(words.unsaved); }
          if (state === "completed") say(fill(words.saved, { time: clock() }));
        });
        bar.hidden = false;
        listKept();
      }
      var session = now.sessionContext && now.sessionContext.session;
      var kernel = session && session.kernel;
      if (kernel && kernel.status === "idle") {
        say(words.ready);
        root.setAttribute("data-ready", "1");
        performance.mark("lab:ready");
        return;
      }
      say(words.starting);
    }
    setTimeout(follow, 150);
  }

  /* The notebook wears the book's faces and tones; what the bar above says is not said twice. */
  function dress(inside) {
    var sheet = inside.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL(root.querySelector(".sb-lab-frame").getAttribute("data-dress"), location.href).href;
    inside.head.append(sheet);
  }

  function open(path) {
    root.removeAttribute("data-ready");
    followed = null;
    bar.hidden = true;
    var next = document.createElement("iframe");
    next.title = fill(words.frame, { name: path });
    next.src = base + "notebooks/index.html?path=" + encodeURIComponent(path);
    next.addEventListener("load", function () { dress(next.contentDocument); });
    if (frame) frame.replaceWith(next); else root.querySelector(".sb-lab-frame").append(next);
    frame = next;
    follow();
  }

  function saved() {
    return panel() ? panel().context.save() : Promise.resolve();
  }

  /* The lab's kernel signs its own name into the file; hand in what JupyterLab expects. */
  function download() {
    var path = panel().context.path;
    return saved().catch(function () {}).then(function () {
      var notebook = panel().context.model.toJSON();
      notebook.metadata.kernelspec = { display_name: "Python 3 (ipykernel)", language: "python", name: "python3" };
      var url = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1) + "\n"],
        { type: "application/x-ipynb+json" }));
      var anchor = document.createElement("a");
      anchor.href = url;
      anchor.download = path.split("/").pop();
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      setTimeout(function () { URL.revokeObjectURL(url); }, 60000);
      say(fill(words.downloaded, { name: anchor.download }));
    });
  }

  /* The old copy is written under its new name before anything is taken away. */
  function startAgain() {
    var stamp = new Date().toISOString().slice(0, 19).replace("T", " ").replace(/:/g, ".");
    var copy = folder + "/" + name.replace(/\.ipynb$/, " (" + words.kept + " " + stamp + ").ipynb");
    var service = contents();
    return saved().then(function () {
      return service.get(release, { content: true, type: "notebook", format: "json" });
    }).then(function (model) {
      return service.save(copy, { type: "notebook", format: "json", content: model.content });
    }).then(function () {
      return service.delete(release);
    }).then(function () {
      open(release);
    }).catch(function () { warn(words.notKept); });
  }

  function listKept() {
    contents().get(folder, { content: true }).then(function (model) {
      kept.textContent = "";
      var copies = model.content.filter(function (file) {
        return file.type === "notebook" && file.name !== name;
      });
      copies.forEach(function (file) {
        var item = document.createElement("li");
        var button = document.createElement("button");
        button.type = "button";
        button.className = "sb-lab-copy";
        button.textContent = file.name;
        button.addEventListener("click", function () { open(file.path); });
        item.append(button);
        kept.append(item);
      });
      root.querySelector(".sb-lab-copies").hidden = !copies.length;
    });
  }

  bar.addEventListener("click", function (event) {
    var action = event.target.getAttribute("data-action");
    if (action === "download") download();
    if (action === "again") dialog.showModal();
  });
  dialog.addEventListener("close", function () {
    if (dialog.returnValue === "again") startAgain();
    dialog.returnValue = "";
  });

  /* An author's copy may lack the lab; a connection may fail: say so rather than wait. */
  fetch(base + "jupyter-lite.json").then(function (answer) {
    if (answer.ok) open(release);
    else warn(answer.status === 404 ? words.missing : words.away);
  }, function () { warn(words.away); });
})();
