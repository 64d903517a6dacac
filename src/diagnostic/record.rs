//! Messages about old addresses, and about what has been sealed.

use super::{Diagnostic, Place};

impl Diagnostic {
    /// An alias that is the address of the page that has it.
    pub fn alias_to_itself(place: Place, alias: &str) -> Diagnostic {
        Diagnostic::error(
            "alias-to-itself",
            place,
            format!("旧地址 {alias} 就是这个页面现在的地址"),
            format!("the alias {alias} is the address that this page has now"),
        )
        .help(
            "删去它：aliases 只写页面以前的地址",
            "remove it: aliases are addresses that the page had before",
        )
    }

    /// A redirect to another redirect.
    pub fn redirect_chain(place: Place, from: &str, to: &str, next: Place) -> Diagnostic {
        Diagnostic::error(
            "redirect-chain",
            place,
            format!("{from} 转到 {to}，而 {to} 本身又是一个旧地址"),
            format!("{from} leads to {to}, which is an old address itself"),
        )
        .related(next, format!("{to} 在这里转走"), format!("{to} leads on from here"))
        .help("直接写最后的地址", "write the address where it ends")
    }

    /// A redirect to an address that the site does not have.
    pub fn redirect_nowhere(place: Place, from: &str, to: &str) -> Diagnostic {
        Diagnostic::error(
            "redirect-nowhere",
            place,
            format!("{from} 要转到 {to}，但网站里没有这个地址"),
            format!("{from} leads to {to}, which is not in the site"),
        )
        .help(
            "to 写网站里一个页面的地址，例如 /themes/",
            "to is the address of a page of the site, such as /themes/",
        )
    }
}
