//! Long lists on several pages: `/themes/a/`, `/themes/a/page/2/`…

use std::collections::BTreeSet;
use std::ops::Range;

use super::view::{PagerLinkView, PagerView};

/// How many pages `total` entries need at `size` a page; at least one.
pub fn pages(total: usize, size: usize) -> usize {
    total.div_ceil(size.max(1)).max(1)
}

/// The address of page `number` of the list at `address`.
pub fn address(address: &str, number: usize) -> String {
    match number {
        1 => address.to_owned(),
        _ => format!("{address}page/{number}/"),
    }
}

/// The places of the entries of page `number`, of `total` entries.
pub fn places(total: usize, size: usize, number: usize) -> Range<usize> {
    let start = (number.saturating_sub(1) * size).min(total);
    start..(start + size).min(total)
}

/// The entries of page `number`.
pub fn slice<T>(entries: &[T], number: usize, size: usize) -> &[T] {
    &entries[places(entries.len(), size, number)]
}

/// What page `number` of a list shows of the others; `url` writes the address of a page.
pub fn view(total: usize, size: usize, number: usize, url: impl Fn(usize) -> String) -> PagerView {
    let of = pages(total, size);
    let link = |n: usize| PagerLinkView { number: n, url: url(n), current: n == number };
    let near = number.saturating_sub(2).max(1)..=(number + 2).min(of);
    let mut shown: Vec<Option<PagerLinkView>> = Vec::new();
    let mut last = 0;
    for n in BTreeSet::from_iter(near.chain([1, of])) {
        if n > last + 1 {
            shown.push(None);
        }
        shown.push(Some(link(n)));
        last = n;
    }
    PagerView {
        number,
        of,
        total,
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < of).then(|| url(number + 1)),
        pages: shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_one_entries_at_25_are_three_pages() {
        let entries: Vec<usize> = (0..51).collect();
        assert_eq!(pages(51, 25), 3);
        assert_eq!(slice(&entries, 3, 25), [50]);
        let all: Vec<usize> = (1..=3).flat_map(|n| slice(&entries, n, 25).to_vec()).collect();
        assert_eq!(all, entries);
    }

    #[test]
    fn gaps_stand_between_far_pages() {
        let view = view(1000, 10, 50, |n| n.to_string());
        let numbers: Vec<Option<usize>> =
            view.pages.iter().map(|page| page.as_ref().map(|p| p.number)).collect();
        assert_eq!(
            numbers,
            [Some(1), None, Some(48), Some(49), Some(50), Some(51), Some(52), None, Some(100)]
        );
    }
}
