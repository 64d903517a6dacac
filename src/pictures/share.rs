//! The picture that portals and messengers show for a shared page: what it says and how it is set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::canvas::{Canvas, Pen};
use super::font::{Font, Letters, Writing};
use super::lines::{Line, clauses, line, lines, shortened};
use crate::output::Maker;
use crate::site::{Site, Speech, SpeechId};

/// Width in pixels, as Open Graph asks for.
pub const WIDTH: usize = 1200;
/// Height in pixels.
pub const HEIGHT: usize = 630;

/// Changes when the pictures come to look different: part of their names.
const LOOK: &str = "1";
/// Blank to the left and right.
const MARGIN: usize = 88;
/// The bar at the top, as on the pages.
const BAR: usize = 14;
/// From the top to the title, and to the line above the foot.
const TITLE_TOP: f32 = 164.0;
const FOOT_TOP: usize = 526;
/// Line height of a title, in em.
const LEADING: f32 = 1.28;
/// Size and line height of a subtitle.
const SUBTITLE: (f32, f32) = (38.0, 52.0);
/// Sizes in which a title is tried, and the number of lines each can have.
const TITLE_SIZES: [(f32, usize); 6] = [(104.0, 1), (88.0, 2), (76.0, 3), (68.0, 3), (60.0, 4), (54.0, 4)];

/// What one picture says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Card {
    /// Above the title.
    kicker: Option<String>,
    title: String,
    subtitle: Option<String>,
    /// At the foot, at the left.
    who: String,
    /// At the foot, at the right.
    site: String,
}

/// The share pictures of a site.
#[derive(Debug)]
pub struct SharePictures {
    font: Font,
    /// The site's own picture first, then those of the speeches.
    cards: Vec<Card>,
    addresses: Vec<String>,
    /// The place of a speech's picture by the address of the speech.
    places: BTreeMap<String, usize>,
}

impl SharePictures {
    /// What the pictures of `site` say, and where they stand.
    pub fn new(site: &Site, font: Font) -> SharePictures {
        let digest = font.digest();
        let mut cards = vec![site_card(site)];
        cards.extend(site.speeches.iter().map(|speech| speech_card(site, speech)));
        let root = site.edition.address("/");
        let folders =
            std::iter::once(root.as_str()).chain(site.speeches.iter().map(|speech| speech.address.as_str()));
        let addresses =
            cards.iter().zip(folders).map(|(card, folder)| address(folder, card, &digest)).collect();
        let places = site.speeches.iter().enumerate();
        let places = places.map(|(i, speech)| (speech.address.clone(), i + 1)).collect();
        SharePictures { font, cards, addresses, places }
    }

    /// The address of the picture of the site.
    pub fn site_address(&self) -> &str {
        &self.addresses[0]
    }

    /// The address of the picture of a speech.
    pub fn speech_address(&self, id: SpeechId) -> &str {
        &self.addresses[id.0 as usize + 1]
    }

    /// The picture for the page at `address`: its own, or the site's. Address and what it says.
    pub fn of_page(&self, address: &str) -> (&str, String) {
        let at = self.places.get(address).copied().unwrap_or(0);
        let card = &self.cards[at];
        let parts = [Some(&card.title), card.subtitle.as_ref(), Some(&card.who), card.kicker.as_ref()];
        let parts: Vec<&str> =
            parts.into_iter().flatten().map(String::as_str).filter(|s| !s.is_empty()).collect();
        (&self.addresses[at], parts.join(" - "))
    }

    /// What draws the picture of the site.
    pub fn site_maker(self: &Arc<Self>) -> Maker {
        self.maker(0)
    }

    /// What draws the picture of a speech.
    pub fn speech_maker(self: &Arc<Self>, id: SpeechId) -> Maker {
        self.maker(id.0 as usize + 1)
    }

    fn maker(self: &Arc<Self>, at: usize) -> Maker {
        let pictures = Arc::clone(self);
        Arc::new(move || Ok(pictures.drawn(at)))
    }

    fn drawn(&self, at: usize) -> Vec<u8> {
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        canvas.fill([0, 0, WIDTH, BAR], Pen::Accent);
        if let Some(letters) = self.font.face() {
            Setting { canvas: &mut canvas, letters: &letters }.card(&self.cards[at]);
        }
        canvas.png()
    }
}

fn site_card(site: &Site) -> Card {
    let config = &site.config;
    let who = config.footer.publisher.clone().unwrap_or_default();
    let subtitle = config.subtitle.as_ref().or(config.description.as_ref());
    Card {
        kicker: None,
        title: config.title.clone(),
        subtitle: subtitle.cloned(),
        who,
        site: config.base_url.host().to_owned(),
    }
}

fn speech_card(site: &Site, speech: &Speech) -> Card {
    let names: Vec<&str> = speech.file.speakers.iter().map(|speaker| speaker.name.value.as_str()).collect();
    let comma = if Writing::of(&site.config.language) == Writing::Latin { ", " } else { "、" };
    Card {
        kicker: Some(site[speech.meeting].name().to_owned()),
        title: speech.file.title.to_string(),
        subtitle: speech.file.rest().subtitle.clone(),
        who: names.join(comma),
        site: site.config.title.clone(),
    }
}

/// `share.<digest>.png` in a folder; the digest is of all that the picture is made from.
fn address(folder: &str, card: &Card, font: &blake3::Hash) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(LOOK.as_bytes()).update(font.as_bytes());
    let kicker = card.kicker.as_deref().unwrap_or_default();
    let subtitle = card.subtitle.as_deref().unwrap_or_default();
    for part in [kicker, &card.title, subtitle, &card.who, &card.site] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    format!("{folder}share.{}.png", &hasher.finalize().to_hex()[..10])
}

/// A canvas with a font.
struct Setting<'c, 'f> {
    canvas: &'c mut Canvas,
    letters: &'c Letters<'f>,
}

impl Setting<'_, '_> {
    fn card(&mut self, card: &Card) {
        let left = MARGIN as f32;
        let pen = if card.kicker.is_some() { Pen::Ink } else { Pen::Accent };
        if let Some(kicker) = &card.kicker {
            self.one_line(kicker, 112.0, 32.0, Pen::Accent);
        }
        let (title, size) = self.title(card);
        let mut y = TITLE_TOP;
        for line in &title {
            self.canvas.write(self.letters, line, (left, y + size), size, pen);
            y += (size * LEADING).round();
        }
        y += (size * 0.08).round();
        let (size, leading) = SUBTITLE;
        let most = if y + 2.0 * leading < FOOT_TOP as f32 { 2 } else { 1 };
        for line in
            shortened(self.letters, card.subtitle.as_deref().unwrap_or_default(), column() / size, most)
        {
            y += leading;
            self.canvas.write(self.letters, &line, (left, y), size, Pen::Muted);
        }
        self.foot(card);
    }

    /// The title in the largest size in which it fits, and that size; in the smallest it may be shortened.
    fn title(&self, card: &Card) -> (Vec<Line>, f32) {
        let below = if card.subtitle.is_some() { SUBTITLE.1 + 6.0 } else { 0.0 };
        let room = FOOT_TOP as f32 - TITLE_TOP - below;
        let fits = |lines: &Vec<Line>, size: f32| lines.len() as f32 * size * LEADING <= room;
        for breaks in [clauses, lines] {
            for (size, most) in TITLE_SIZES {
                let broken = breaks(self.letters, &card.title, column() / size, most);
                if let Some(lines) = broken.filter(|lines| fits(lines, size)) {
                    return (lines, size);
                }
            }
        }
        let (size, most) = TITLE_SIZES[TITLE_SIZES.len() - 1];
        (shortened(self.letters, &card.title, column() / size, most), size)
    }

    fn foot(&mut self, card: &Card) {
        let left = MARGIN as f32;
        self.canvas.fill([MARGIN, FOOT_TOP, WIDTH - 2 * MARGIN, 2], Pen::Rule);
        let site = line(self.letters, &card.site);
        let (site_size, base) = (28.0, 582.0);
        let site_width = (site.width * site_size).min(column() / 2.0);
        let room = column() - site_width - 48.0;
        for line in shortened(self.letters, &card.who, room / 38.0, 1) {
            self.canvas.write(self.letters, &line, (left, base), 38.0, Pen::Ink);
        }
        for line in shortened(self.letters, &card.site, site_width / site_size + 0.01, 1) {
            let x = left + column() - line.width * site_size;
            self.canvas.write(self.letters, &line, (x, base), site_size, Pen::Muted);
        }
    }

    fn one_line(&mut self, text: &str, base: f32, size: f32, pen: Pen) {
        for line in shortened(self.letters, text, column() / size, 1) {
            self.canvas.write(self.letters, &line, (MARGIN as f32, base), size, pen);
        }
    }
}

/// Width of the column of text.
fn column() -> f32 {
    (WIDTH - 2 * MARGIN) as f32
}
