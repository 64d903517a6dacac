//! The order of files by their names, in which numbers, Chinese ones as well, count as numbers: 之二 is before 之十.

use super::infer::{digit, number_of};

/// A part of a name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Number(usize),
    Words(String),
}

/// Puts files into the order of their names.
pub fn sort<T>(files: &mut [T], name: impl Fn(&T) -> String) {
    files.sort_by_cached_key(|file| {
        let name = name(file);
        (chunks(&name), name)
    });
}

fn chunks(name: &str) -> Vec<Chunk> {
    let signs: Vec<char> = name.chars().collect();
    let is_number = |c: &char| digit(*c).is_some() || *c == '十';
    let runs = signs.chunk_by(|left, right| is_number(left) == is_number(right));
    runs.map(|run| match run.first().filter(|first| is_number(first)).and_then(|_| number_of(run)) {
        Some(number) => Chunk::Number(number),
        None => Chunk::Words(run.iter().collect()),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = [
            "发言之十",
            "发言之二",
            "发言之十一",
            "10 乙.docx",
            "9 甲.docx",
            "９a.docx",
            "发言之一",
            "99999999999999999999999",
        ];
        sort(&mut names, |name| (*name).to_string());
        let expected = [
            "9 甲.docx",
            "９a.docx",
            "10 乙.docx",
            "99999999999999999999999",
            "发言之一",
            "发言之二",
            "发言之十",
            "发言之十一",
        ];
        assert_eq!(names, expected);
    }
}
