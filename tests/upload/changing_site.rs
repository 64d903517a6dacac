//! A random small site, and the same site after some days of work.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Files;
use super::random::Random;

const THEMES: [&str; 5] = ["养老服务", "低空经济", "湿地保护", "开放枢纽", "托育机构"];
const NAMES: [&str; 5] = ["王伟", "林一舟", "陈后", "范里", "黄芬"];
const PARTIES: [&str; 3] = ["民革", "工商联", "九三学社"];

#[derive(Clone)]
struct Speech {
    meeting: usize,
    file: String,
    title: String,
    theme: usize,
    speaker: usize,
    /// Sentences of the text.
    length: usize,
    /// The number of the version of its picture.
    picture: Option<usize>,
    aliases: Vec<String>,
    withdrawn: bool,
}

/// The sources of a site, as numbers and names.
#[derive(Clone)]
pub(crate) struct ChangingSite {
    speeches: Vec<Speech>,
    settings: Vec<String>,
    icon: usize,
    count: usize,
}

impl ChangingSite {
    pub(crate) fn new(random: &mut Random) -> ChangingSite {
        let mut site = ChangingSite { speeches: Vec::new(), settings: Vec::new(), icon: 0, count: 0 };
        for _ in 0..2 + random.below(6) {
            site.add(random);
        }
        let mut pages = String::new();
        let _ = write!(pages, "page_size = {}", 1 + random.below(3));
        site.settings.push(pages);
        site.settings.push(format!(
            "[search]\npack = {}\nscripts = {}",
            1 + random.below(3),
            random.one_in(2)
        ));
        let options = [
            "precompress = [\"gzip\"]",
            "links = \"explicit\"",
            "hosts = [\"apache\", \"nginx\", \"netlify\"]",
            "[offline]\nmeeting = \"m0\"",
            "[[editions]]\nname = \"简体\"\n[[editions]]\nname = \"繁體\"\npath = \"hant\"\nscript = \"hant\"",
        ];
        site.settings.extend(options.iter().filter(|_| random.one_in(2)).map(|one| (*one).to_owned()));
        site
    }

    fn add(&mut self, random: &mut Random) {
        self.count += 1;
        self.speeches.push(Speech {
            meeting: random.below(3),
            file: format!("{:02}-s{}", 1 + random.below(20), self.count),
            title: format!("关于{}的第{}号发言", THEMES[random.below(5)], self.count),
            theme: random.below(5),
            speaker: random.below(5),
            length: random.below(40),
            picture: random.one_in(3).then_some(0),
            aliases: Vec::new(),
            withdrawn: false,
        });
    }

    /// Some days of work: speeches are added, edited, removed, renamed and withdrawn, and the Tera theme changes.
    pub(crate) fn edit(&mut self, random: &mut Random) {
        for _ in 0..1 + random.below(6) {
            let at = random.below(self.speeches.len());
            let several = self.speeches.len() > 1;
            let speech = &mut self.speeches[at];
            match random.below(10) {
                0..=2 => self.add(random),
                3 => speech.length = random.below(40),
                4 => speech.picture = Some(self.count + random.below(100)),
                5 if several => {
                    self.speeches.remove(at);
                }
                6 => {
                    speech.aliases.push(format!("/meetings/m{}/{}/", speech.meeting, speech.file));
                    self.count += 1;
                    speech.file = format!("{:02}-r{}", 1 + random.below(20), self.count);
                }
                7 => speech.theme = random.below(5),
                8 => speech.withdrawn = true,
                _ => self.icon += 1,
            }
        }
        if random.one_in(3) {
            let at = random.below(self.settings.len());
            match self.settings[at].starts_with("page_size") {
                true => self.settings[at] = format!("page_size = {}", 1 + random.below(3)),
                false => {
                    self.settings.remove(at);
                }
            }
        }
    }

    pub(crate) fn sources(&self) -> Files {
        let mut files = Files::new();
        let mut put = |path: String, text: String| files.insert(path, text.into_bytes());
        let mut tables: Vec<&String> = self.settings.iter().collect();
        tables.sort_by_key(|text| text.starts_with('['));
        let settings: String = tables.iter().map(|text| format!("{text}\n")).collect();
        put(
            "content/site.toml".into(),
            format!(
                "title = \"会议发言\"\nbase_url = \"https://fayan.example/a/\"\nminify = false\ntera_theme = \"own\"\n{settings}[share_pictures]\nenabled = false\n"
            ),
        );
        put(
            "themes/own/theme.toml".into(),
            "extends = \"default\"\nname = \"own\"\nversion = \"1.0.0\"\n".into(),
        );
        let icon =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 9\"/>\n", 9 + self.icon);
        put("themes/own/assets/icon.svg".into(), icon);
        let meetings = 0..3;
        let dates: BTreeMap<String, usize> =
            meetings.map(|number| (format!("content/meetings/m{number}"), 1 + number)).collect();
        for speech in &self.speeches {
            let folder = format!("content/meetings/m{}", speech.meeting);
            put(format!("{folder}/{}.md", speech.file), speech.text());
            if let Some(version) = speech.picture {
                let picture = format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><!-- {version} --></svg>\n"
                );
                put(format!("{folder}/{}/p{version}.svg", speech.file), picture);
            }
        }
        for (folder, day) in dates {
            put(
                format!("{folder}/_index.md"),
                format!("+++\ntitle = \"第{day}次会议\"\ndate = 2025-01-0{day}\n+++\n"),
            );
        }
        files
    }
}

impl Speech {
    fn text(&self) -> String {
        let withdrawn = if self.withdrawn { "withdrawn = { date = 2025-02-01 }\n" } else { "" };
        let Speech { title, file, aliases, .. } = self;
        let (theme, name, party) = (THEMES[self.theme], NAMES[self.speaker], PARTIES[self.speaker % 3]);
        let picture =
            self.picture.map(|version| format!("![照片]({file}/p{version}.svg)\n")).unwrap_or_default();
        let sentences: String =
            (0..self.length).map(|n| format!("这是{theme}的第{n}句话，要算细账。")).collect();
        format!(
            "+++\ntitle = \"{title}\"\nthemes = [\"{theme}\"]\naliases = {aliases:?}\n{withdrawn}[speaker]\nname = \"{name}\"\ngroup = \"{party}\"\n+++\n\n{sentences}正文。\n\n{picture}"
        )
    }
}
