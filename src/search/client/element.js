// The element `<plenary-search>`: field, results and their states, in a shadow root of its own.

const PAUSE = 160;
const SLOW = 300;
const OPTIONS = COLUMNS.concat("year");
const SCRIPT = typeof document === "object" && document.currentScript;
// Until the index has told its own words.
const WORDS = {
  search: "搜索 Search",
  fault: "搜索数据没有载入，请检查网络后重试。The search data could not be loaded.",
  retry: "重试 Retry",
  loading: "…"
};

// An element with attributes, and children that are texts or nodes.
function node(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
  made.append(...children.filter(child => child !== null));
  return made;
}

// A text with its marked stretches as `<em>`.
function emphasised(name, attributes, { text, ranges }) {
  const made = node(name, attributes);
  let at = 0;
  for (const [start, end] of ranges) {
    made.append(text.slice(at, start), node("em", { part: "mark" }, text.slice(start, end)));
    at = end;
  }
  made.append(text.slice(at));
  return made;
}

// An address below the base, or null for any other; from disk a folder needs the name of its page.
function safeAddress(address, base) {
  try {
    const url = new URL(address, base);
    if (!url.href.startsWith(base)) return null;
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  } catch (broken) {
    return null;
  }
}

function dateText(iso) {
  const day = new Date(iso + "T00:00:00Z");
  return isNaN(day) ? textOf(iso) : day.toLocaleDateString(document.documentElement.lang || undefined, { dateStyle: "long", timeZone: "UTC" });
}

function define() {
  const outside = window.parent !== window ? { target: "_top" } : {};

  customElements.define("plenary-search", class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const own = name => this.querySelector("form " + name) || {};
      const hint = this.getAttribute("placeholder") || own("[type=search]").placeholder || "";
      const linkable = this.hasAttribute("linkable");
      const script = SCRIPT && SCRIPT.src.replace(/(assets\/)?[^/]*$/, "");
      const base = new URL(this.getAttribute("base") || script || ".", document.baseURI).href;
      const browse = linkable && document.getElementById("browse");
      let words = WORDS;
      let opening = null;
      let turn = 0;
      let timer = 0;
      let composing = false;
      let state = {};
      let answer = null;

      const label = node("label", { for: "q", part: "label" }, own("label").textContent || words.search);
      const input = node("input", { id: "q", name: "q", type: "search", part: "input", autocomplete: "off", enterkeyhint: "search", placeholder: hint });
      const button = node("button", { part: "button" }, own("button").textContent || words.search);
      const form = node("form", { role: "search", part: "form" }, label, input, button);
      const status = node("p", { class: "status", part: "status", role: "status" });
      const tools = node("div", { class: "row", part: "filters", hidden: "" });
      const list = node("ol", { part: "results", role: "list" });
      const body = node("div", { part: "body" }, status, tools, list);
      dress(root);
      root.append(form, body);

      const word = (name, values = {}) => textOf(words[name]).replace(/\{(\w+)\}/g, (whole, key) => key in values ? values[key] : whole);
      const clickable = (part, text, act) => {
        const made = node("button", { type: "button", part }, text);
        made.addEventListener("click", act);
        return made;
      };

      // The index, opened once; after a fault it is opened again.
      const index = () => {
        if (!opening) {
          opening = open(base).then(opened => {
            words = Object.assign({}, WORDS, opened.manifest.words);
            label.textContent = words.label;
            button.textContent = words.search;
            if (!hint) input.placeholder = textOf(words.hint);
            return opened;
          });
          opening.catch(() => { opening = null; });
        }
        return opening;
      };

      const asked = () => {
        const found = linkable ? new URLSearchParams(location.search) : new Map();
        const all = { q: found.get("q") || "", sort: found.get("sort") };
        for (const name of OPTIONS) all[name] = found.get(name);
        return all;
      };
      const fixed = () => {
        const all = { size: Number(this.getAttribute("size")) || 10 };
        for (const name of OPTIONS) if (this.hasAttribute(name)) all[name] = this.getAttribute(name);
        return all;
      };
      const remember = push => {
        if (!linkable) return;
        const query = new URLSearchParams(Object.keys(state).filter(key => state[key]).map(key => [key, state[key]])).toString();
        if (query === location.search.slice(1)) return;
        try {
          history[push ? "pushState" : "replaceState"](null, "", query ? "?" + query : location.pathname);
        } catch (refused) {
          // From a disk some browsers do not allow it; searching goes on without.
        }
      };
      const showBrowse = visible => {
        if (browse) browse.hidden = !visible;
        body.classList.toggle("busy", !visible);
      };
      // Changes filters or order, and asks again.
      const change = values => {
        Object.assign(state, values);
        remember(true);
        run();
      };

      const run = async () => {
        const mine = ++turn;
        clearTimeout(timer);
        state.q = input.value;
        const filtered = OPTIONS.some(name => state[name]);
        if (!filtered && !terms(state.q).some(term => units(term.text).length)) return clear();
        showBrowse(false);
        list.setAttribute("aria-busy", "true");
        const slow = setTimeout(() => { if (mine === turn) status.textContent = words.loading; }, SLOW);
        try {
          const found = await (await index()).search(state.q, Object.assign({}, state, fixed()));
          if (mine === turn) await show(found);
        } catch (error) {
          if (mine === turn) failed(error);
        } finally {
          clearTimeout(slow);
          if (mine === turn) list.removeAttribute("aria-busy");
        }
      };
      const clear = () => {
        answer = null;
        status.textContent = "";
        list.textContent = "";
        tools.hidden = true;
        more.remove();
        showBrowse(true);
        tell(0, true);
      };
      const tell = (count, exact) => this.dispatchEvent(new CustomEvent("plenary-results", { bubbles: true, composed: true, detail: { query: state.q, count, exact } }));

      const show = async found => {
        const { relaxed, count, hits } = answer = found;
        const query = Array.from(state.q.trim()).slice(0, 40).join("");
        list.textContent = "";
        more.remove();
        status.textContent = count ?
          (relaxed ? word("relaxed_" + relaxed.kind, { query, shown: relaxed.shown }) + " " : "") + word(found.exact ? "found" : "about", { n: count }) :
          word("none", { query }) + " " + word("advice");
        if (!count) status.append(" ", node("a", Object.assign({ href: safeAddress("themes/", base), part: "link" }, outside), word("themes")));
        add(hits);
        await arrange();
        showBrowse(tools.hidden);
        tell(count, found.exact);
      };
      // Order, filters and export above the results; the chosen filters with their names.
      const arrange = async () => {
        const chosen = OPTIONS.filter(name => state[name]);
        tools.hidden = !answer.count && !chosen.length;
        const order = node("select", { part: "sort", "aria-label": word("sort") },
          node("option", { value: "" }, word("by_relevance")), node("option", { value: "date" }, word("by_date")));
        order.value = state.sort || "";
        order.addEventListener("change", () => change({ sort: order.value }));
        const panel = node("div", { class: "row panel", part: "panel" });
        const others = { tools, panel, node, clickable, word, state, change, fixed: fixed(), answer: () => answer, status, chosen };
        const extra = name => async () => {
          try {
            await (await secondPart({ base }))[name](others);
          } catch (error) {
            failed(error);
          }
        };
        tools.textContent = "";
        tools.append(order, clickable("filter", word("filter"), extra("showFilters")), clickable("export", word("export"), extra("exportList")), panel);
        if (chosen.length) await extra("showChosen")();
      };
      const add = hits => {
        list.append(...hits.map(item));
        more.textContent = word("more");
        if (answer.more) body.append(more);
      };
      const more = clickable("more", "", async () => {
        const before = list.children.length;
        more.disabled = true;
        try {
          answer = await answer.more();
          more.remove();
          add(answer.hits.slice(before));
          const next = list.children[before];
          if (next) next.querySelector("a, h2").focus();
        } catch (error) {
          failed(error);
        }
        more.disabled = false;
      });

      const item = hit => {
        const href = safeAddress(hit.address, base);
        const title = href ? emphasised("a", Object.assign({ href, part: "link" }, outside), hit.title) : emphasised("span", {}, hit.title);
        const fact = marked => node("li", {}, emphasised("span", {}, marked));
        return node("li", { class: "result", part: "result" },
          node("h2", { part: "title" }, title),
          hit.subtitle && emphasised("p", { part: "subtitle" }, hit.subtitle),
          ...hit.speakers.map(speaker => emphasised("p", { class: "byline", part: "byline" }, speaker)),
          emphasised("p", { class: "excerpt", part: "excerpt" }, hit.excerpt),
          node("ul", { class: "facts", part: "facts", role: "list" },
            node("li", {}, node("time", { datetime: textOf(hit.speech.date) }, dateText(hit.speech.date))),
            ...[hit.meeting].concat(hit.labels).filter(marked => marked.text).map(fact),
            hit.passages ? node("li", {}, word("passages", { n: hit.passages })) : null));
      };

      const failed = error => {
        list.textContent = "";
        tools.hidden = true;
        more.remove();
        status.textContent = word(error.kind === "format" ? "broken" : "fault") || words.fault;
        status.append(" ", clickable("retry", words.retry, () => {
          input.focus();
          run();
        }));
        showBrowse(true);
      };

      const soon = () => {
        clearTimeout(timer);
        turn++;
        timer = setTimeout(() => {
          state.q = input.value;
          remember(false);
          run();
        }, PAUSE);
      };
      const links = () => [input].concat(Array.from(list.querySelectorAll("h2 a")));

      input.addEventListener("focus", () => { index().catch(() => {}); });
      input.addEventListener("compositionstart", () => { composing = true; });
      input.addEventListener("compositionend", () => {
        composing = false;
        soon();
      });
      input.addEventListener("input", event => { if (!composing && !event.isComposing) soon(); });
      form.addEventListener("submit", event => {
        event.preventDefault();
        if (!composing) change({ q: input.value });
      });
      root.addEventListener("keydown", event => {
        const byMethod = composing || event.isComposing || event.keyCode === 229;
        if (byMethod) {
          if (event.key === "Enter") event.preventDefault();
          return;
        }
        const all = links();
        const at = all.indexOf(root.activeElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && at >= 0 && all[at + step] && (at || input.value)) {
          event.preventDefault();
          all[at + step].focus();
        } else if (event.key === "Escape" && input.value) {
          event.preventDefault();
          input.value = "";
          input.focus();
          soon();
        }
      });
      const restore = () => {
        state = asked();
        input.value = state.q;
        run();
      };
      if (linkable) window.addEventListener("popstate", restore);
      restore();
    }
  });
}

// Where `<script src="…/embed.js">` stands, puts the element; the script's `data-` attributes become the element's.
function place(script) {
  if (typeof customElements !== "object") return;
  if (!customElements.get("plenary-search")) define();
  if (!script || !/\/embed\.js$/.test(script.src.split(/[?#]/)[0]) || "manual" in script.dataset) return;
  const made = document.createElement("plenary-search");
  made.setAttribute("base", script.src.replace(/[^/]*$/, ""));
  for (const key of script.getAttributeNames()) if (key.startsWith("data-")) made.setAttribute(key.slice(5), script.getAttribute(key));
  script.after(made);
}
