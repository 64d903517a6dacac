//! Makes pages and what they load small, without a change to what readers see.

mod html;
mod script;
mod style_sheet;

pub use html::{DEPTH_LIMIT, html};
pub use script::script;
pub use style_sheet::style_sheet;

/// The file of a Tera theme at `path` made small. Anything but a script or a style sheet, what cannot be read as one, and
/// what asks to be kept as it is (`/*!` or `@license`) stays as it was.
pub fn asset(path: &str, bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    if text.contains("/*!") || text.contains("@license") {
        return bytes.to_vec();
    }
    match path.rsplit_once('.') {
        Some((_, "css")) => style_sheet(text).into_bytes(),
        Some((_, "js")) if script::is_script(text) => script(text).into_bytes(),
        _ => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_their_comments_and_what_is_no_script_stays() {
        let script = b"// why\n(function () {\n  var long = 1;\n  alert(long, long);\n})();\n";
        let small_script = String::from_utf8(asset("a.js", script)).expect("UTF-8");
        assert!(!small_script.contains("why") && small_script.contains("alert("), "{small_script}");
        let names = String::from_utf8(asset("a.js", b"function opens() {}\nvar kept = 1;\n")).expect("UTF-8");
        assert!(names.contains("opens") && names.contains("kept"), "names that other scripts see: {names}");
        for (path, text) in [("a.js", "a b c // no"), ("a.js", "/*! mine */ a()"), ("a.svg", "<svg>  </svg>")]
        {
            assert_eq!(asset(path, text.as_bytes()), text.as_bytes(), "{path}");
        }
    }
}
