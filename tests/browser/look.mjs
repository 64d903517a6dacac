// How a page looks in the window: whether it fits, fills it, and is open to everyone.
import assert from "node:assert/strict";
import axe from "axe-core";

const RULES = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};

// No sideways scrolling; otherwise which elements stand out.
export async function fits(page) {
  const { excess, wide } = await page.evaluate(() => ({
    excess: document.documentElement.scrollWidth - innerWidth,
    wide: [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).slice(0, 5).map((one) => one.outerHTML.slice(0, 120)),
  }));
  assert.ok(excess <= 0, `${page.url()} is ${excess}px too wide; beyond the edge: ${wide.join(" ")}`);
}

// The frame of the page spans the window: head and foot from edge to edge, the text in their midst.
export async function framed(page) {
  const gaps = await page.evaluate(() => ["body", "body > header", "body > footer", "main"].map((selector) => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return { selector, left: Math.round(box.left), right: Math.round(document.documentElement.clientWidth - box.right) };
  }));
  for (const { selector, left, right } of gaps) {
    assert.ok(Math.abs(left - right) <= 1, `${page.url()}: ${selector} has ${left}px to its left and ${right}px to its right`);
    if (selector !== "main") assert.ok(left <= 0, `${page.url()}: ${selector} begins ${left}px from the edge`);
  }
}

export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}
