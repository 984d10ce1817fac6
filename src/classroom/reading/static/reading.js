// The page of `classroom read`: one question, one answer at a time, and the marks beside it.

import { anyUndone, ask, draftOf, now, send, settle, tell } from "./drafts.js";

const $ = (id) => document.getElementById(id);
const PAUSE = 800;
let questions = [];
let comments = [];
let question; // the one that is read
let listed = []; // its answers, without their texts
let draft; // the one that is open
let opening = false;

function say(text, trouble = false) {
  $("status").textContent = text;
  $("status").classList.toggle("trouble", trouble);
}

const number = (value) => String(Math.round(value * 100) / 100);
const worth = (value) => `${number(value)} ${value === 1 ? "point" : "points"}`;
const waiting = () => listed.filter((answer) => answer.waits).length;
const place = () => listed.findIndex((answer) => answer.label === draft.label);

function element(tag, values = {}, ...children) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
}

// ---- showing

function showProgress() {
  const read = listed.length - waiting();
  $("progress").max = listed.length;
  $("progress").value = read;
  $("progress-text").textContent = `${read} of ${listed.length} read`;
  $("all").replaceChildren(
    ...listed.map((answer) => {
      const points = answer.points === null ? "nothing given" : worth(answer.points);
      const state = answer.waits ? "unread" : answer.points === null ? "left as it was" : points;
      const button = element("button", { type: "button" }, answer.label, element("span", {}, state));
      button.ariaCurrent = String(answer.label === draft?.label);
      button.onclick = () => open(answer.label);
      return element("li", {}, button);
    }),
  );
}

function showLevels() {
  $("levels").classList.toggle("plain", !question.rubric);
  $("levels").replaceChildren(
    ...question.levels.map((level, key) => {
      const says = element("span", { className: "says", innerHTML: level.text });
      const button = element(
        "button",
        { type: "button", className: "level" },
        element("kbd", {}, String(key)),
        element("span", { className: "worth" }, worth(level.points)),
        element("span", { className: "chosen", ariaHidden: "true" }),
        says,
      );
      button.onclick = () => give(level.points);
      return button;
    }),
  );
  $("shares").hidden = !question.rubric;
  $("shares").textContent = question.shares
    ? `Each level is an equal share of ${worth(question.points)}, rounded to hundredths.`
    : "The points are the rubric’s own.";
}

function showMark() {
  const { points, comment } = now(draft);
  [...$("levels").children].forEach((button, key) => {
    const chosen = question.levels[key].points === points;
    button.ariaPressed = String(chosen);
    button.querySelector(".chosen").textContent = chosen ? "✓" : "";
  });
  $("points").value = points ?? "";
  if ($("comment").value !== comment) $("comment").value = comment;
  $("conflict").hidden = !draft.there;
  if (draft.there) {
    const told = (one) =>
      `${one.points === null ? "no points" : worth(one.points)}, ` +
      (one.comment ? `“${one.comment}”` : "no comment");
    const anew = draft.there.html === draft.html ? "" : " The answer itself is new, too.";
    $("conflict-text").textContent =
      "Not saved: this was changed elsewhere since you opened it, in formgrader or another window. " +
      `There: ${told(draft.there)}. Here: ${told(now(draft))}.${anew}`;
    $("conflict").scrollIntoView({ block: "nearest" });
  }
}

function showAnswer() {
  const at = place();
  $("label").textContent = draft.label;
  $("place").textContent = `${at + 1} of ${listed.length} · ${draft.words} words`;
  $("name").textContent = draft.name;
  $("show-name").hidden = Boolean(draft.name);
  const again = draft.waits && draft.points !== null ? "Graded anew since it was read: give the points again. " : "";
  const notes = again + draft.problem + (draft.note ? ` From grading: ${draft.note}` : "");
  $("note").textContent = notes.trim();
  $("note").hidden = !notes.trim();
  $("answer").innerHTML = draft.html;
  for (const link of $("answer").querySelectorAll("a[href]")) {
    if (/^https?:/i.test(link.getAttribute("href"))) link.target = "_blank";
    else link.removeAttribute("href");
  }
  $("previous").disabled = at === 0;
  $("next").disabled = at === listed.length - 1;
  document.title = `${draft.label}, ${at + 1} of ${listed.length}`;
  showMark();
  showProgress();
}

function showComments() {
  $("reuse").replaceChildren(
    ...comments.map((text, at) => {
      const key = at < 9 ? element("kbd", {}, `⇧${at + 1}`) : "";
      const add = element("button", { type: "button", className: "add" }, key, " ", text);
      add.onclick = () => reuse(at);
      const drop = element("button", { type: "button", ariaLabel: `Remove: ${text}` }, "×");
      drop.onclick = () => keep(comments.filter((_, other) => other !== at));
      return element("li", {}, add, drop);
    }),
  );
}

// ---- moving

async function open(label, focus = true) {
  send();
  // Until the next answer is there, a key must not mark the one before.
  opening = true;
  const found = await draftOf(question.id, label);
  opening = false;
  if (!found.key) return say(found.error, true);
  draft = found;
  history.replaceState(null, "", `#${draft.key}`);
  say("");
  showAnswer();
  if (!focus) return undefined;
  $("answer-heading").focus({ preventScroll: true });
  const { top } = $("answer-box").getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) $("answer-box").scrollIntoView();
  return undefined;
}

function move(by) {
  const to = listed[place() + by];
  if (to) open(to.label);
  else say(by < 0 ? "This is the first answer." : `This is the last answer; ${waiting()} unread.`);
}

function nextUnread() {
  const at = place();
  // The mark just given may still be on its way.
  const others = [...listed.slice(at + 1), ...listed.slice(0, at)];
  const to = others.find((answer) => answer.waits);
  if (to) open(to.label);
  else say(`All ${listed.length} answers to this question are read.`);
}

async function choose(id, label) {
  question = questions[id];
  $("question").value = id;
  $("task-heading").textContent = question.title;
  $("task").innerHTML = question.task || "<p>The notebook says nothing before this answer.</p>";
  $("model").innerHTML = question.model;
  $("model-box").hidden = !question.model;
  $("maximum").textContent = number(question.points);
  showLevels();
  listed = (await ask(`api/answers?question=${id}`)).answers;
  const known = listed.some((answer) => answer.label === label);
  await open(known ? label : listed[0].label, false);
}

// ---- marking

function give(points) {
  draft.change.points = points;
  showMark();
  send();
}

function write() {
  draft.change.comment = $("comment").value;
  send(PAUSE);
}

function reuse(at) {
  const text = comments[at];
  const written = $("comment").value.trim();
  if (!text || written.includes(text)) return;
  $("comment").value = written ? `${written} ${text}` : text;
  write();
  send();
}

async function keep(changed) {
  const reply = await ask("api/comments", { comments: changed });
  if (reply.status !== 200) return say(reply.error, true);
  comments = reply.comments;
  showComments();
}

tell((one, reply) => {
  if (reply.status === 200) {
    const known = one.question === question.id && listed.find(({ label }) => label === one.label);
    if (known) Object.assign(known, { points: reply.points, waits: reply.waits });
    const points = reply.points === null ? "no points yet" : worth(reply.points);
    say(`Saved ${one.label}: ${points}${reply.comment ? ", with a comment" : ""}.`);
    showProgress();
  } else if (reply.status === 400) say(reply.error, true);
  else if (reply.status === 409) say(`Not saved: ${one.label} was changed elsewhere.`, true);
  else say(`Not saved yet: ${reply.error}. Trying again.`, true);
  if (one === draft) showMark();
});

function decide(mine) {
  settle(draft, mine);
  showAnswer();
  say(mine ? "" : "Kept what is there.");
}

// ---- keys and buttons

const KEYS = {
  j: () => move(1),
  n: () => move(1),
  k: () => move(-1),
  p: () => move(-1),
  u: nextUnread,
  c: () => $("comment").focus(),
  "?": () => $("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (writing && event.key === "Escape") return $("answer-heading").focus();
  if (event.target === $("comment") && event.ctrlKey && event.key === "Enter") return nextUnread();
  const off = writing || !$("keys-on").checked || $("keys").open || opening || !draft;
  if (off || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  // By place, so that digits need no Shift on any keyboard.
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const level = question.levels[digit];
  if (digit && event.shiftKey && event.code.startsWith("Digit")) reuse(digit - 1);
  else if (level) give(level.points);
  else if (KEYS[event.key.toLowerCase()]) KEYS[event.key.toLowerCase()]();
  else return undefined;
  return event.preventDefault();
});

$("previous").onclick = () => move(-1);
$("next").onclick = () => move(1);
$("waiting").onclick = nextUnread;
$("question").onchange = (event) => choose(Number(event.target.value));
$("points").onchange = ({ target }) => {
  // A field of numbers would drop the comma of "3,5" in a browser that speaks English.
  const written = target.value.trim().replace(",", ".");
  if (written === "") return give(null);
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(written)) {
    return say(`Points are a number such as 3 or 3.5, got “${target.value}”.`, true);
  }
  return give(Number(written));
};
$("comment").oninput = write;
$("comment").onblur = () => send();
$("keep-comment").onclick = () => {
  const text = $("comment").value.trim();
  if (text && !comments.includes(text)) keep([...comments, text]);
};
$("show-name").onclick = async () => {
  const key = `question=${question.id}&label=${draft.label}`;
  draft.name = (await ask(`api/name?${key}`)).name;
  $("name").textContent = draft.name;
  $("show-name").hidden = true;
};
$("keep-theirs").onclick = () => decide(false);
$("save-mine").onclick = () => decide(true);
$("show-keys").onclick = () => $("keys").showModal();
$("close-keys").onclick = () => $("keys").close();
$("keys-on").onchange = ({ target }) => localStorage.setItem("keys", target.checked ? "on" : "off");
addEventListener("beforeunload", (event) => {
  if (anyUndone()) event.preventDefault();
});

async function start() {
  // On a phone the answer comes first.
  $("task-box").open = innerWidth > 960;
  $("keys-on").checked = localStorage.getItem("keys") !== "off";
  const overview = await ask("api/overview");
  if (overview.status !== 200) return say(overview.error, true);
  ({ questions, comments } = overview);
  $("assignment").textContent = overview.assignment;
  $("reader").hidden = !overview.reader;
  $("reader").textContent = `second reader: ${overview.reader}`;
  $("choice").hidden = questions.length < 2;
  $("question").replaceChildren(
    ...questions.map(({ id, title, notebook }) => element("option", { value: id }, `${notebook}: ${title}`)),
  );
  showComments();
  const [id, label] = location.hash.slice(1).split("/");
  return choose(questions[id] ? Number(id) : 0, label);
}

start();
