// Filters and export of the element `<plenary-search>`. In the second part of the client.

const EXPORT = 1000;
const SHOWN = 50;

// Shows a choice for each kind of filter that the site and the page leave open, with counts; hides it again.
async function showFilters({ panel, node, word, state, change, fixed, answer }) {
  if (panel.childNodes.length) {
    panel.textContent = "";
    return;
  }
  const facets = await answer().facets();
  for (const name of COLUMNS.concat("year")) {
    const terms = (facets[name] || []).slice(0, SHOWN);
    if (fixed[name] || !state[name] && terms.length < 2) continue;
    const choice = node("select", { part: "filter-" + name }, node("option", { value: "" }, word("any")),
      ...terms.map(term => node("option", { value: term.value }, term.name + " (" + term.count + ")")));
    choice.value = state[name] || "";
    choice.addEventListener("change", () => change({ [name]: choice.value }));
    panel.append(node("label", {}, word(name), choice));
  }
  const first = panel.querySelector("select");
  if (first) first.focus();
  else panel.append(word("no_filter"));
}

// Shows each chosen filter with its name; a click takes it away.
async function showChosen({ tools, panel, clickable, state, change, chosen, answer }) {
  const { names } = answer();
  for (const name of chosen) {
    const shown = await names(name, state[name]);
    tools.insertBefore(clickable("chip", shown + " ×", () => change({ [name]: null })), panel);
  }
}

// Hands the list to the reader as a file of comma-separated values (RFC 4180), with the mark by which spreadsheets know
// UTF-8. What a spreadsheet would take for a formula gets an apostrophe before it.
async function exportList({ node, word, state, answer, status }) {
  const said = status.textContent;
  const hits = await answer().all(EXPORT, count => { status.textContent = word("exporting", { n: count }); });
  const heads = ["title", "subtitle", "speakers", "meeting", "date", "address", "excerpt"];
  const rows = hits.map(hit => [hit.title.text, hit.subtitle ? hit.subtitle.text : "", hit.speakers.map(one => one.text).join("; "), hit.meeting.text, hit.speech.date, hit.address, hit.excerpt.text]);
  const cell = value => "\"" + textOf(value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, "\"\"") + "\"";
  const lines = [heads.map(name => word("column_" + name))].concat(rows).map(row => row.map(cell).join(",") + "\r\n");
  const address = URL.createObjectURL(new Blob(["\uFEFF" + lines.join("")], { type: "text/csv;charset=utf-8" }));
  const name = (textOf(state.q).replace(/[\\/:*?"<>|\s]+/g, "-") || "speeches") + ".csv";
  node("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  status.textContent = said;
}
