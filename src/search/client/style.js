// Puts the style on the element; STYLE is `style.css`, put before this file where the client is joined.

let sheet = null;

// Gives the style to a shadow root: as a constructed sheet, which a strict policy allows, else as an element.
function dress(root) {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [sheet];
  } catch (older) {
    root.appendChild(node("style", {}, STYLE));
  }
}
