// The element `<plenary-search>`: a field, and what was found below it, in a shadow root.
//
// WORDS_OF_SITE are those it needs until the index has told all, and where that cannot be loaded; the build puts them in.
// PAGE_OF_FOLDER is what its links write at the end of a folder: nothing, or index.html.

const PAUSE = 160;
const SLOW = 300;
const NONE = { hits: [], count: 0, exact: true };
const indexes = new Map();
let home = null;

// Defines the element. Where `<script src="…/embed.js">` stands in the body of a page, puts one; the script's `data-`
// attributes become its attributes.
function place(script) {
  if (!window.customElements) return;
  const isEmbed = script && /\/embed\.js(\?|$)/.test(script.src);
  const base = script && new URL(isEmbed ? "." : "..", script.src).href;
  home = home || base;
  if (!customElements.get("plenary-search")) {
    customElements.define("plenary-search", class extends HTMLElement {
      connectedCallback() {
        if (!this.shadowRoot) begin(this);
      }
    });
  }
  if (!isEmbed || script.hasAttribute("data-manual") || script.closest("head")) return;
  const made = node("plenary-search", { base });
  for (const { name, value } of script.attributes) if (name.startsWith("data-")) made.setAttribute(name.slice(5), value);
  script.after(made);
}

// An element with attributes and children; those that are empty are left out.
function node(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children.filter(Boolean));
  return made;
}

// Puts a text into an element, its marked stretches as `<em>`.
function marked(made, { text, ranges }) {
  let at = 0;
  for (const [start, end] of ranges) {
    made.append(text.slice(at, start), node("em", { part: "mark" }, text.slice(start, end)));
    at = end;
  }
  made.append(text.slice(at));
  return made;
}

// Builds the inside of an element.
function begin(host) {
  const setting = name => host.getAttribute(name) || "";
  const base = new URL((setting("base") || home || ".").replace(/\/*$/, "/"), document.baseURI).href;
  const root = host.attachShadow({ mode: "open" });
  const linkable = host.hasAttribute("linkable");
  const asked = {};
  let manifest = {};
  let turn = 0;
  let pause = 0;
  let composing = false;
  let answer = null;
  let settled = location.href;

  // The children are for readers without this script; what was typed is taken over, and the manifest where they hold it.
  const child = selector => host.querySelector(selector) || {};
  const typed = child("[type=search]");
  const told = JSON.parse(child("[type$=json]").textContent || null);
  const word = (key, values = {}) => textOf((manifest.words || WORDS_OF_SITE)[key])
    .replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);

  const button = (part, text, act) => {
    const made = node("button", { type: "button", part }, text);
    made.addEventListener("click", act);
    return made;
  };
  const label = node("label", { for: "q", part: "label" });
  const input = node("input", { id: "q", name: "q", type: "search", part: "input", autocomplete: "off", enterkeyhint: "search" });
  const send = node("button", { part: "button" });
  const form = node("form", { role: "search", part: "form" }, label, input, send);
  const status = node("p", { role: "status", part: "status" });
  const hot = node("div", { class: "hot" });
  const sort = node("select", { part: "sort" });
  const panel = node("div", { class: "row" });
  const summary = node("summary", {});
  const details = node("details", { part: "filters" }, summary, panel);
  const chips = node("div", { class: "chips" });
  const list = node("ol", { part: "results", role: "list" });
  const foot = node("div", { class: "row" });
  const results = node("div", { part: "body" }, node("div", { class: "row" }, sort, chips, details), list);
  const box = node("div", { class: "box" }, form, node("div", { class: "row said" }, status, hot), results, foot);

  // The words, and those offered: again when the index has told its own.
  const write = now => {
    manifest = now;
    if (manifest.language) box.lang = manifest.language;
    label.textContent = word("label") || word("search");
    send.textContent = word("search");
    input.placeholder = setting("placeholder") || word("hint");
    hot.textContent = "";
    hot.append(...listed(manifest.hot_words).map(text => button("hot", textOf(text), () => change({ q: text }))));
  };
  const opened = async () => {
    const index = await once(indexes, base, () => open(base, loader(base), told));
    if (manifest !== index.manifest) write(index.manifest);
    return index;
  };
  const say = text => { status.textContent = text; };
  const activate = on => host.classList.toggle("plenary-active", on);

  // The page's address holds what is asked. Typing changes the entry of the history; sending gives the entry back what
  // it had and makes a new one.
  const read = () => {
    const query = new URLSearchParams(linkable ? location.search : "");
    for (const name of ["q", "sort"].concat(FILTERS)) asked[name] = query.get(name) || setting(name);
    settled = location.href;
  };
  const remember = isNew => {
    if (!linkable) return;
    const url = new URL(location.href);
    for (const name in asked) {
      if (asked[name]) url.searchParams.set(name, asked[name]);
      else url.searchParams.delete(name);
    }
    try {
      if (isNew && url.href !== settled) {
        history.replaceState(null, "", settled);
        history.pushState(null, "", settled = url.href);
      } else history.replaceState(null, "", url.href);
    } catch (refused) {
      // From disk, and where it is done too often; searching goes on without.
    }
  };
  const change = (values, isNew = true) => {
    Object.assign(asked, values);
    remember(isNew);
    run();
  };

  const run = async () => {
    const mine = ++turn;
    const isFiltered = FILTERS.some(name => asked[name]);
    clearTimeout(pause);
    input.value = asked.q;
    foot.textContent = "";
    if (!isFiltered && !readQuery(asked.q).some(term => !term.excluded)) return show(NONE, [], "");
    activate(true);
    list.setAttribute("aria-busy", true);
    pause = setTimeout(() => say(word("loading")), SLOW);
    try {
      const part = isFiltered && secondPart({ base });
      const options = Object.assign({ size: +setting("size") || 10 }, asked);
      const found = await (await opened()).search(asked.q, options);
      const chosen = part ? await (await part).showChosen(inside, found) : [];
      if (mine !== turn) return;
      const { count, exact, relaxed } = found;
      const query = asked.q.trim().slice(0, 40);
      show(found, chosen, (relaxed ? word("relaxed_" + relaxed.kind, { query, shown: relaxed.shown }) : "") +
        word(count ? exact ? "found" : "about" : query ? "none" : "nothing", { n: count, query }));
      if (!count) status.append(word("advice"), linkTo(base + "themes/PAGE_OF_FOLDER", word("themes")));
      if (details.open) refine();
    } catch (error) {
      if (mine !== turn) return;
      show(NONE, [], word("fault"));
      foot.append(button("retry", word("retry"), () => {
        input.focus();
        run();
      }));
    }
  };
  const show = (found, chosen, text) => {
    const { count, exact } = answer = found;
    clearTimeout(pause);
    list.textContent = chips.textContent = "";
    list.removeAttribute("aria-busy");
    chips.append(...chosen);
    const isShown = count + chosen.length > 0;
    activate(isShown);
    if (isShown && !sort.length) {
      sort.setAttribute("aria-label", word("sort"));
      sort.append(node("option", { value: "" }, word("by_relevance")), node("option", { value: "date" }, word("by_date")));
      summary.append(word("filter"));
    }
    sort.value = asked.sort;
    draw();
    say(text);
    host.dispatchEvent(new CustomEvent("plenary-results", { bubbles: true, detail: { query: asked.q, count, exact } }));
  };
  // Adds the hits that are not shown yet.
  const draw = () => {
    list.append(...answer.hits.slice(list.children.length).map(item));
    foot.textContent = "";
    if (answer.more) foot.append(button("more", word("more"), more));
  };
  const more = async ({ target }) => {
    const [mine, before] = [turn, list.children.length];
    target.disabled = true;
    try {
      const longer = await answer.more();
      if (mine !== turn) return;
      answer = longer;
      draw();
      (list.children[before] || list.lastChild).querySelector("a").focus();
    } catch (error) {
      target.disabled = false;
      say(word("fault"));
    }
  };

  // A link, if it stays below the base; `pages` leads from there to an edition that shows the same texts. From disk a
  // folder needs the name of its page.
  const linkTo = (address, ...children) => {
    const url = new URL(address);
    if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    const made = node("a", { part: "link" }, ...children);
    if (url.href.startsWith(base)) made.href = url.href.replace(base, base + setting("pages"));
    made.target = setting("target");
    return made;
  };
  const item = ({ address, speech, title, subtitle, speakers, meeting, labels, excerpt, passages }) => {
    const paragraph = part => text => marked(node("p", { part }), text);
    return node("li", { part: "result" },
      node("h2", { part: "title" }, marked(linkTo(address), title)),
      subtitle && paragraph("subtitle")(subtitle),
      ...speakers.map(paragraph("byline")),
      paragraph("excerpt")(excerpt),
      node("p", { part: "facts" },
        node("time", {}, textOf(speech.date)),
        ...[meeting].concat(labels).map(fact => marked(node("span"), fact)),
        passages && node("span", {}, word("passages", { n: passages }))));
  };

  const inside = { asked, node, button, word, change, say, panel, summary, current: () => answer };
  const refine = () => secondPart({ base }).then(part => part.showFilters(inside)).catch(() => say(word("fault")));
  const isComposing = event => composing || event.isComposing || event.keyCode === 229;

  details.addEventListener("toggle", () => { if (details.open) refine(); });
  sort.addEventListener("change", () => change({ sort: sort.value }));
  input.addEventListener("focus", () => opened().catch(() => {}));
  for (const type of ["input", "compositionstart", "compositionend"]) {
    input.addEventListener(type, event => {
      if (type !== "input") composing = type === "compositionstart";
      clearTimeout(pause);
      if (isComposing(event)) return;
      turn++;
      pause = setTimeout(() => change({ q: input.value }, false), PAUSE);
    });
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (composing) return;
    change({ q: input.value });
    if (matchMedia("(pointer: coarse)").matches) input.blur();
  });
  box.addEventListener("keydown", event => {
    if (isComposing(event)) return;
    const { key } = event;
    const stops = [...box.querySelectorAll("input, li a")];
    const at = stops.indexOf(event.target);
    const next = at >= 0 && stops[at + ({ ArrowDown: 1, ArrowUp: -1 }[key] || NaN)];
    if (next) next.focus();
    else if (key === "Escape" && input.value) {
      input.focus();
      change({ q: "" }, false);
    } else return;
    event.preventDefault();
  });
  if (linkable) window.addEventListener("popstate", () => {
    read();
    run();
  });

  dress(root);
  root.append(box);
  write(told || {});
  read();
  if (typed.value) asked.q = typed.value;
  if (document.activeElement === typed) input.focus();
  host.textContent = "";
  if (!told) opened().catch(() => {});
  run();
}
