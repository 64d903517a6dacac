// Puts the style on the element; STYLE is `style.css`, put before this file where the client is joined.

let sheet = null;

// Gives the style to a shadow root: constructed where that can be, as a strict policy allows no `<style>`.
function dress(root) {
  try {
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch (older) {
    root.append(node("style", {}, STYLE));
  }
}
