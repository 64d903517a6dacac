//! The browser's search client: a few small scripts joined into one.

/// The client as one ES2017 classic script: tokens, reader and element, in this order.
pub fn client() -> String {
    [include_str!("client/tokens.js"), include_str!("client/reader.js"), include_str!("client/element.js")]
        .concat()
}
