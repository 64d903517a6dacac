// Filters, those that are chosen, and export, for `<plenary-search>`. In the second part of the client.

const EXPORT = 1000;
const CHOICES = 200;

// What is chosen, by name, as buttons that take it back.
function showChosen({ asked, button, word, change, summary }, answer) {
  return Promise.all(FILTERS.filter(name => asked[name]).map(async name => {
    const text = textOf(await nameOf(answer.question, name, asked[name]));
    const chip = button("chip", word("chosen", { kind: word(name), name: text }), () => {
      summary.focus();
      change({ [name]: "" });
    });
    chip.title = word("remove");
    return chip;
  }));
}

// A choice for each kind of filter that is open, with counts, and the export.
async function showFilters(inside) {
  const { asked, button, node, word, change, panel, summary, current } = inside;
  const answer = current();
  if (!answer.facets) return;
  const facets = await answer.facets();
  if (answer !== current()) return;
  panel.textContent = "";
  for (const name of FILTERS) {
    const terms = (facets[name] || []).slice(0, CHOICES);
    if (asked[name] || terms.length < 2) continue;
    const choice = node("select", { part: "select" }, node("option", { value: "" }, word("any")),
      ...terms.map(term => node("option", { value: term.value }, word("choice", { name: textOf(term.name), n: term.count }))));
    choice.addEventListener("change", () => {
      summary.focus();
      change({ [name]: choice.value });
    });
    panel.append(node("label", {}, word(name) + " ", choice));
  }
  if (answer.count) panel.append(button("export", word("export"), () => exportList(inside, answer)));
}

// Hands the list to the reader as comma-separated values (RFC 4180), with the mark by which spreadsheets know UTF-8.
async function exportList({ asked, node, word, say, current }, answer) {
  const tell = text => { if (answer === current()) say(text); };
  try {
    const hits = await answer.all(EXPORT, n => tell(word("exporting", { n })));
    const address = URL.createObjectURL(new Blob([new Uint8Array([0xEF, 0xBB, 0xBF]), tableOf(hits, word)], { type: "text/csv;charset=utf-8" }));
    node("a", { href: address, download: [word("results"), asked.q.slice(0, 40)].join(" ").trim() + ".csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    tell(word("exported", { n: hits.length }));
  } catch (error) {
    tell(word("fault"));
  }
}

function tableOf(hits, word) {
  const head = ["title", "subtitle", "speakers", "meeting", "date", "address", "excerpt"].map(name => word("column_" + name));
  const rows = hits.map(({ title, subtitle, speech, speakers, meeting, address, excerpt }) => [
    title.text, subtitle ? subtitle.text : "", speakers.map(one => one.text).join("\n"), meeting.text, speech.date, address, excerpt.text
  ]);
  return [head].concat(rows).map(row => row.map(cellOf).join(",") + "\r\n").join("");
}

// What a spreadsheet would take for a formula gets an apostrophe before it.
function cellOf(value) {
  return "\"" + textOf(value).replace(/^[=+\-@\t\r]/, "'$&").replace(/"/g, "\"\"") + "\"";
}
