// What a reader did and the course does not have yet. A draft holds an answer as it was shown,
// and in `change` what was done to it since. Drafts are sent one at a time, and kept until saved.

const AGAIN = 3000;
const drafts = new Map();
let sending;
let timer;
let told = () => {};

/** Ask the desk; what cannot be reached answers with status 0. */
export async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const reply = await fetch(path, options);
    return { status: reply.status, ...(await reply.json()) };
  } catch {
    return { status: 0, error: "classroom read does not answer; has it ended?" };
  }
}

/** Have a function told what came of each draft that was sent: the draft, the reply. */
export function tell(listener) {
  told = listener;
}

/** The marks as the reader sees them: those that were shown, with what was done since. */
export const now = (draft) => ({ points: draft.points, comment: draft.comment, ...draft.change });

const undone = (draft) => Object.keys(draft.change).length > 0;

export const anyUndone = () => sending || [...drafts.values()].some(undone);

/** The draft of an answer: the one under way, else a fresh one; without one, the refusal. */
export async function draftOf(question, label) {
  const key = `${question}/${label}`;
  const before = drafts.get(key);
  if (before && (undone(before) || before === sending)) return before;
  const answer = await ask(`api/answer?question=${question}&label=${label}`);
  if (answer.status !== 200) return answer;
  const draft = { ...answer, question, key, change: {} };
  drafts.set(key, draft);
  return draft;
}

/** Send what is undone, at once or after a pause in writing. */
export function send(pause = 0) {
  clearTimeout(timer);
  if (pause) timer = setTimeout(send, pause);
  else if (!sending) sendAll();
}

async function sendAll() {
  for (const draft of drafts.values()) {
    while (undone(draft) && !draft.there) {
      sending = draft;
      const reached = await sendOne(draft);
      sending = undefined;
      if (!reached) return send(AGAIN);
    }
  }
  return undefined;
}

async function sendOne(draft) {
  const { question, label, seal, change } = draft;
  draft.change = {};
  const reply = await ask("api/answer", { question, label, seal, ...change });
  const refused = reply.status === 400;
  if (reply.status === 200) Object.assign(draft, reply);
  else if (!refused) draft.change = { ...change, ...draft.change };
  if (reply.status === 409) draft.there = reply;
  told(draft, reply);
  return refused || reply.status === 200 || reply.status === 409;
}

/** End a conflict: take what is there, or put what was done over it. */
export function settle(draft, mine) {
  Object.assign(draft, draft.there, { there: undefined, change: mine ? draft.change : {} });
  send();
}
