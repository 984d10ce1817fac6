/* What a search shows of a page: the sections that hold the words, and the sentence that says
   them. Sphinx finds the pages; its own excerpt would be cut from code and pictures as well. */
(function () {
  "use strict";
  // The words stand further down the page's head.
  const say = (name) => JSON.parse(document.getElementById("studybook-words").textContent)[name];
  const NO_PROSE = "script, style, noscript, svg, pre, figure, table, form, button, math, dl.sb-facts, "
    + ".headerlink, .sb-notes, .sb-tip, .xp, .sb-answers, .sb-option, .sb-opening, .sb-objectives > summary, .sb-claims, .sb-references";
  const MOST = 2;

  const language = document.documentElement.lang || "en";
  const cut = "Segmenter" in Intl ? new Intl.Segmenter(language, { granularity: "sentence" }) : null;
  // An item of a list may begin small.
  const begun = (sentence) => sentence.charAt(0).toLocaleUpperCase(language) + sentence.slice(1);
  const sentences = (text) => (cut ? [...cut.segment(text)].map((part) => part.segment) : [text]);

  function hits(html, keywords) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const article = page.querySelector("article");
    if (!article) return [];
    article.querySelectorAll(NO_PROSE).forEach((part) => part.remove());
    const words = [...keywords].map((word) => word.toLowerCase());
    const found = new Map();
    article.querySelectorAll("p, li, dd").forEach((block) => {
      if (block.querySelector("p, li")) return;
      const section = block.closest("section[id]");
      for (const sentence of sentences(block.textContent.replace(/\s+/g, " ").trim())) {
        // A name of a file or a heading of a list is no sentence.
        if (sentence.includes("_") || sentence.split(" ").length < 4) continue;
        const score = words.filter((word) => sentence.toLowerCase().includes(word)).length;
        const best = found.get(section);
        if (score && (!best || best.score < score)) found.set(section, { sentence: begun(sentence), score });
      }
    });
    return [...found].sort((a, b) => b[1].score - a[1].score).slice(0, MOST);
  }

  function marked(sentence, keywords) {
    const line = document.createDocumentFragment();
    const words = [...keywords].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    for (const part of sentence.split(new RegExp("((?:" + words.join("|") + ")[\\p{L}\\p{N}]*)", "giu"))) {
      const hit = [...keywords].some((word) => part.toLowerCase().startsWith(word.toLowerCase()));
      const mark = hit ? document.createElement("mark") : document.createTextNode(part);
      if (hit) mark.textContent = part;
      line.append(mark);
    }
    return line;
  }

  Search.makeSearchSummary = (html, keywords) => {
    const list = document.createElement("ul");
    list.className = "sb-hits";
    const title = (section) => {
      const head = section && section.querySelector(":scope > h2, :scope > h3, :scope > details > summary > h2");
      return head ? head.textContent.trim() : "";
    };
    for (const [section, hit] of hits(html, keywords)) {
      const item = document.createElement("li");
      if (title(section)) {
        const link = document.createElement("a");
        link.className = "sb-hit-section";
        link.textContent = title(section);
        // The address of the page stands in the result's own link, which comes first.
        setTimeout(() => {
          const page = list.parentElement.querySelector("a");
          link.href = page.getAttribute("href").split("#")[0] + "#" + section.id;
        });
        item.append(link, " ");
      }
      item.append(marked(hit.sentence, keywords));
      list.append(item);
    }
    return list;
  };

  // What Sphinx says when nothing is found speaks of categories, which no course has.
  const nothing = "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.";
  Object.defineProperty(Documentation.TRANSLATIONS, nothing, { get: () => say("noHits") });
})();
