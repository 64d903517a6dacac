//! The archive as a whole: how many speeches each theme has in each year.

use std::collections::BTreeMap;

use super::vantage::Vantage;
use super::view::{ArchiveCellView, ArchiveThemeView, ArchiveView, ArchiveYearView};
use crate::site::{Term, url};

/// Themes in the picture.
const THEMES: usize = 30;

impl<'a> Vantage<'a> {
    /// `archive`.
    pub fn archive(&self) -> ArchiveView<'a> {
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for speech in &self.site.speeches {
            *counts.entry(speech.date.year()).or_default() += 1;
        }
        let years: Vec<i16> = counts.keys().copied().collect();
        let mut themes: Vec<&'a Term> = self.site.themes.iter().collect();
        themes.sort_by_key(|theme| std::cmp::Reverse(theme.speeches.len()));
        themes.truncate(THEMES);
        let by_year: Vec<Vec<usize>> = themes.iter().map(|theme| self.by_year(theme, &years)).collect();
        let most = by_year.iter().flatten().copied().max().unwrap_or(0);
        let cells = |theme: &Term, counts: &[usize]| {
            let cell = |(year, count): (&i16, &usize)| self.cell(theme, *year, *count, most);
            years.iter().zip(counts).map(cell).collect()
        };
        let row = |(theme, counts): (&&'a Term, &Vec<usize>)| ArchiveThemeView {
            name: &theme.name,
            url: self.url(&theme.address),
            count: theme.speeches.len(),
            years: cells(theme, counts),
        };
        let year = |(year, count): (&i16, &usize)| ArchiveYearView {
            year: *year,
            count: *count,
            url: format!("{}?year={year}", self.own_url("/search/")),
        };
        ArchiveView {
            years: counts.iter().map(year).collect(),
            themes: themes.iter().zip(&by_year).map(row).collect(),
            most,
        }
    }

    fn by_year(&self, theme: &Term, years: &[i16]) -> Vec<usize> {
        let mut counts = vec![0; years.len()];
        for id in &theme.speeches {
            if let Ok(at) = years.binary_search(&self.site[*id].date.year()) {
                counts[at] += 1;
            }
        }
        counts
    }

    fn cell(&self, theme: &Term, year: i16, count: usize, most: usize) -> ArchiveCellView {
        let slug = url::last_part(&theme.address);
        let share = count as f64 / most.max(1) as f64;
        ArchiveCellView {
            year,
            count,
            radius: (share.sqrt() * 100.0).round() as usize,
            url: format!("{}?theme={slug}&year={year}", self.own_url("/search/")),
        }
    }
}
