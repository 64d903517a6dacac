// HTML read as strictly as the standard says, and what the tests ask of a tree.
import { Parser, defaultTreeAdapter, parseFragment } from "parse5";

const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);

// parse5 with an eye on nesting, which it repairs in silence: every tag that is opened is closed, in
// its order, and none closes another one.
class StrictParser extends Parser {
  open = [];

  onStartTag(token) {
    const depth = this.openElements.stackTop + 1;
    super.onStartTag(token);
    if (VOID.has(token.tagName) || token.selfClosing) return;
    this.open.push(token.tagName);
    if (this.openElements.stackTop !== depth) this.report(token, `<${token.tagName}> may not stand here`);
  }

  onEndTag(token) {
    const expected = this.open.pop();
    if (expected !== token.tagName) {
      this.report(token, `</${token.tagName}> where ${expected ? `</${expected}>` : "none"} is due`);
      if (this.open.includes(token.tagName)) this.open.length = this.open.lastIndexOf(token.tagName);
      else if (expected) this.open.push(expected);
    }
    super.onEndTag(token);
  }

  onEof(token) {
    for (const name of this.open) this.report(token, `<${name}> is never closed`);
    super.onEof(token);
  }

  report(token, code) {
    const { startLine, startCol, startOffset } = token.location;
    this.options.onParseError({ startLine, startCol, startOffset, code });
  }
}

// A whole page: its tree and every error, as `line:column code`.
export function read(source) {
  const errors = [];
  const onParseError = (error) => errors.push(`${error.startLine}:${error.startCol} ${error.code}: …${around(source, error.startOffset)}…`);
  return { tree: StrictParser.parse(source, { onParseError, sourceCodeLocationInfo: true }), errors };
}

// A piece of a page, as in the feed.
export function readFragment(source) {
  const errors = [];
  const onParseError = (error) => errors.push(`${error.code}: …${around(source, error.startOffset)}…`);
  return { tree: parseFragment(source, { onParseError, sourceCodeLocationInfo: true }), errors };
}

function around(source, offset) {
  return source.slice(Math.max(0, offset - 30), offset + 30);
}

// Every element below a node, in the order of the text.
export function* elements(node) {
  for (const child of node.childNodes || []) {
    if (defaultTreeAdapter.isElementNode(child)) yield child;
    yield* elements(child);
  }
  if (node.content) yield* elements(node.content);
}

export function named(node, tagName) {
  return [...elements(node)].filter((element) => element.tagName === tagName);
}

export function ofClass(node, className) {
  return [...elements(node)].filter((element) => (attribute(element, "class") || "").split(/\s+/).includes(className));
}

// The value of an attribute; undefined where there is none.
export function attribute(element, name) {
  const found = element.attrs.find((one) => one.name === name);
  return found && found.value;
}

export function text(node) {
  if (node.nodeName === "#text") return node.value;
  return (node.childNodes || []).map(text).join("");
}

// Everything on a page that `#…` can lead to.
export function ids(tree) {
  return [...elements(tree)].map((element) => attribute(element, "id")).filter((id) => id !== undefined);
}

// Every address that a page names: where, and what.
export function addresses(tree) {
  const found = [];
  for (const element of elements(tree)) {
    for (const { name, value } of element.attrs) {
      if (["href", "src", "action", "poster", "data"].includes(name)) found.push(address(element, name, value));
      if (name === "srcset") value.split(",").forEach((one) => found.push(address(element, name, one.trim().split(/\s+/)[0])));
      if (name === "content" && attribute(element, "http-equiv") === "refresh") found.push(address(element, name, value.replace(/^[^=]*=/, "")));
      if (["data-index", "data-root", "data-themes"].includes(name)) found.push(address(element, name, value));
    }
  }
  return found;
}

function address(element, name, value) {
  return { element, value, shown: `<${element.tagName} ${name}="${value}">` };
}
