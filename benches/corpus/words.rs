//! Words with their frequencies, so that made-up text has a vocabulary that grows as that of real text does.

use std::collections::BTreeMap;

use super::random::Random;

/// Words, each with the sum of its own frequency and those of all before it.
pub(crate) struct Words {
    words: Vec<String>,
    sums: Vec<usize>,
}

impl Words {
    /// The words of a dictionary in jieba's form: `word frequency part-of-speech`, one a line. Taken are words of Han
    /// characters that are no names of persons.
    #[allow(dead_code, reason = "the criterion benches count words themselves")]
    pub(crate) fn of_dictionary(dictionary: &str) -> Words {
        Words::new(dictionary.lines().filter_map(|line| {
            let mut parts = line.split_whitespace();
            let (word, frequency, kind) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
            (word.chars().all(is_han) && !kind.starts_with("nr")).then(|| (word.to_owned(), frequency))
        }))
    }

    /// All pairs of Han characters that stand together in `texts`, as often as they do: for want of a dictionary.
    #[allow(dead_code, reason = "the command may have a dictionary")]
    pub(crate) fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Words {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts {
            let characters: Vec<char> = text.chars().collect();
            for pair in characters.windows(2).filter(|pair| pair.iter().all(|c| is_han(*c))) {
                *counts.entry(pair.iter().collect()).or_default() += 1;
            }
        }
        Words::new(counts)
    }

    fn new(frequencies: impl IntoIterator<Item = (String, usize)>) -> Words {
        let mut words = Words { words: Vec::new(), sums: Vec::new() };
        let mut sum = 0;
        for (word, frequency) in frequencies.into_iter().filter(|(_, frequency)| *frequency > 0) {
            sum += frequency;
            words.words.push(word);
            words.sums.push(sum);
        }
        words
    }

    /// How many different words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word, frequent ones more often.
    pub(crate) fn draw(&self, random: &mut Random) -> &str {
        let end = self.sums.last().copied().unwrap_or(1);
        let drawn = random.below(end);
        &self.words[self.sums.partition_point(|sum| *sum <= drawn)]
    }

    /// Between `fewest` and `most` words in a row.
    pub(crate) fn phrase(&self, random: &mut Random, fewest: usize, most: usize) -> String {
        let count = random.between(fewest, most);
        (0..count).map(|_| self.draw(random)).collect()
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
