//! A random small site, some of whose speeches are hidden. Each of their fields has a canary: a word that nothing else has.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::LazyLock;

use super::Files;
use super::random::Random;

/// The time of all builds: eight in the morning in the site's time zone.
pub(crate) const NOW: &str = "2025-06-01T00:00:00Z";

/// Characters that no public text, no template and no script has.
pub(crate) const RARE: &str = "龟鲎鳖鼍鹓鸷骥镬镞闼谶谵绠缂贽趸轳酽鹗鹞鲦鳜骠辔辚轸铙镛阍阒霁韫颢饬馑骅骧彘龠鼗黻黼夔饕餮耒耜耨罍觚觯斝卣簋簠甗匜盉";

const WORDS: [&str; 12] = [
    "低空经济",
    "社区食堂",
    "养老服务",
    "轨道交通",
    "营商环境",
    "长江大桥",
    "人工智能",
    "开放枢纽",
    "湿地保护",
    "托育机构",
    "农业园区",
    "旧城改造",
];
/// Themes, groups and names, each with one that sounds the same.
const THEMES: [[&str; 2]; 3] = [["养老服务", "氧老服务"], ["开放枢纽", "开仿枢纽"], ["AI 城市", "ＡＩ城市"]];
const GROUPS: [[&str; 2]; 3] = [["民革", "民格"], ["工商联", "公商联"], ["九三学社", "久三学社"]];
const NAMES: [[&str; 2]; 4] = [["王伟", "汪伟"], ["林一舟", "林依舟"], ["陈后", "陈厚"], ["范里", "范理"]];
/// A name in Traditional characters that only hidden speeches give to one who may speak in public as well.
const PINNED: &str = "汪瑋";

/// What is done with the hidden speeches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// They are there and hidden.
    Hidden,
    /// Their files are not there; in place of a withdrawn one there is another text with the same notice.
    Without,
    /// They are there for all to read.
    Public,
}

/// A word that stands in one field of one hidden speech, and nowhere else.
#[derive(Debug)]
pub(crate) struct Canary {
    /// The field, for messages.
    #[allow(dead_code, reason = "printed")]
    pub(crate) field: &'static str,
    /// The word.
    pub(crate) word: String,
}

enum Hiding {
    Draft,
    /// With the time as it stands in the file.
    Embargo(&'static str),
    Withdrawn,
}

struct RandomSpeech {
    folder: String,
    name: String,
    has_own_folder: bool,
    is_yaml: bool,
    /// Old addresses of a withdrawn speech, which lead to its notice for good.
    aliases: Vec<String>,
    /// What `content/record.lock` has of it.
    sealed: Vec<Sealed>,
    /// Keys with values, as TOML and YAML write them alike but for the sign between them.
    front: Vec<(&'static str, Value)>,
    body: String,
    /// Files that are there for this speech only.
    files: Files,
    hiding: Option<Hiding>,
}

/// A name or title that was published before its speech was withdrawn, in the words of `content/record.lock`.
struct Sealed {
    address: String,
    key: &'static str,
    name: String,
    /// What else stands in the line.
    more: &'static str,
}

#[derive(Clone)]
enum Value {
    Text(String),
    Raw(String),
    List(Vec<Value>),
    Table(Vec<(&'static str, Value)>),
}

/// A site with its canaries.
pub(crate) struct RandomSite {
    always: Files,
    speeches: Vec<RandomSpeech>,
    pub(crate) canaries: Vec<Canary>,
}

impl RandomSite {
    /// The site of a seed: the same on every machine.
    pub(crate) fn new(seed: u64) -> RandomSite {
        let mut maker =
            Maker { random: Random(seed), canaries: Vec::new(), themes: Vec::new(), groups: Vec::new() };
        let meetings = 1 + maker.random.below(3);
        let mut always = Files::new();
        let mut names = Vec::new();
        for meeting in 0..meetings {
            let folder = format!("{}-{}-m{meeting}", 2023 + maker.random.below(3), 1 + maker.random.below(9));
            let all_hidden = maker.random.one_in(6);
            for place in 0..1 + maker.random.below(4) {
                let is_hidden = all_hidden || maker.random.one_in(2) || (meeting, place) == (0, 0);
                names.push((folder.clone(), place, is_hidden));
            }
        }
        let plans: Vec<Named> = names
            .into_iter()
            .map(|(folder, place, is_hidden)| maker.named(folder, place, is_hidden))
            .collect();
        let speeches: Vec<RandomSpeech> = plans.iter().map(|plan| maker.speech(plan, &plans)).collect();
        for plan in &plans {
            let path = format!("content/meetings/{}/_index.md", plan.folder);
            always.entry(path).or_insert_with(|| maker.meeting(&plan.folder, &plans).into_bytes());
            always.insert(format!("content/meetings/{}/shared.png", plan.folder), PICTURE.clone());
        }
        always.insert("content/static/file.txt".into(), b"as it is".to_vec());
        always.insert("content/site.toml".into(), maker.config(&plans[0].folder).into_bytes());
        RandomSite { always, speeches, canaries: maker.canaries }
    }

    /// The source files.
    pub(crate) fn sources(&self, shown: Shown) -> Files {
        let mut files = self.always.clone();
        let sealed: String = self.speeches.iter().flat_map(|speech| speech.sealed(shown)).collect();
        if !sealed.is_empty() {
            let record = format!("version = 1\n\n[addresses]\n{sealed}");
            files.insert("content/record.lock".into(), record.into_bytes());
        }
        for speech in &self.speeches {
            let path = speech.path();
            match (shown, &speech.hiding) {
                (Shown::Without, Some(Hiding::Withdrawn)) => {
                    files.insert(path, speech.other_text().into_bytes());
                }
                (Shown::Without, Some(_)) => {}
                (shown, hiding) => {
                    let hiding = hiding.as_ref().filter(|_| shown == Shown::Hidden);
                    files.insert(path, speech.text(hiding).into_bytes());
                    files.extend(speech.files.clone());
                }
            }
        }
        files
    }
}

impl RandomSpeech {
    fn path(&self) -> String {
        let file = if self.has_own_folder { "/index.md" } else { ".md" };
        format!("content/meetings/{}/{}{file}", self.folder, self.name)
    }

    fn text(&self, hiding: Option<&Hiding>) -> String {
        let mut front = self.front.clone();
        front.extend(hiding.map(Hiding::entry));
        document(self.is_yaml, &front, &self.body)
    }

    /// Another speech with the same notice and the same old addresses.
    fn other_text(&self) -> String {
        let [title, theme, group, speaker] =
            ["speech", "theme", "group", "speaker"].map(|key| text(self.other_name(key)));
        let aliases = self.aliases.iter().map(text).collect();
        let front = [
            ("title", title),
            ("themes", Value::List(vec![theme])),
            ("aliases", Value::List(aliases)),
            Hiding::Withdrawn.entry(),
            ("speaker", Value::Table(vec![("name", speaker), ("group", group)])),
        ];
        document(false, &front, "另一段。\n")
    }

    fn other_name(&self, key: &str) -> String {
        other_name(key, &self.folder, &self.name)
    }

    /// Its lines of the record: the names are those that are in the sources. None where all is public.
    fn sealed(&self, shown: Shown) -> Vec<String> {
        let line = |sealed: &Sealed| {
            let Sealed { address, key, name, more } = sealed;
            let name = if shown == Shown::Without { self.other_name(key) } else { name.clone() };
            match *key {
                "moved" => format!("\"{address}\" = {{ moved = \"{}\" }}\n", sealed.name),
                key => format!("\"{address}\" = {{ {key} = \"{name}\"{more} }}\n"),
            }
        };
        self.sealed.iter().filter(|_| shown != Shown::Public).map(line).collect()
    }
}

impl Hiding {
    fn entry(&self) -> (&'static str, Value) {
        match self {
            Hiding::Draft => ("draft", Value::Raw("true".into())),
            Hiding::Embargo(time) => ("publish_at", Value::Raw((*time).into())),
            Hiding::Withdrawn => (
                "withdrawn",
                Value::Table(vec![("date", Value::Raw("2025-02-01".into())), ("note", text("应要求撤回"))]),
            ),
        }
    }
}

/// A name in the other text of a withdrawn speech: nothing else has it.
fn other_name(key: &str, folder: &str, name: &str) -> String {
    format!("{key} {folder} {name}")
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn document(is_yaml: bool, front: &[(&'static str, Value)], body: &str) -> String {
    let (fence, sign) = if is_yaml { ("---", ": ") } else { ("+++", " = ") };
    let mut file = format!("{fence}\n");
    for (key, value) in front {
        let _ = writeln!(file, "{key}{sign}{}", value.written(sign));
    }
    format!("{file}{fence}\n\n{body}")
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Table(entries) => entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    fn written(&self, sign: &str) -> String {
        match self {
            Value::Text(text) => format!("\"{text}\""),
            Value::Raw(text) => text.clone(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| item.written(sign)).collect::<Vec<_>>().join(", "))
            }
            Value::Table(entries) => {
                let entries =
                    entries.iter().map(|(key, value)| format!("{key}{sign}{}", value.written(sign)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A speech that is to be written.
struct Named {
    folder: String,
    name: String,
    has_own_folder: bool,
    /// The name of a file beside it.
    file: String,
    hiding: Option<Hiding>,
}

impl Named {
    /// How a text in the meetings' folder `folder` links to it.
    fn link_from(&self, from: &Named, random: &mut Random) -> String {
        let own = if self.has_own_folder { "/index.md" } else { ".md" };
        let up = if from.has_own_folder { "../../" } else { "../" };
        match random.below(3) {
            0 => format!("/meetings/{}/{}/", self.folder, self.name),
            _ => format!("{up}{}/{}{own}", self.folder, self.name),
        }
    }
}

struct Maker {
    random: Random,
    canaries: Vec<Canary>,
    /// All names of themes and groups, for lists that are closed.
    themes: Vec<String>,
    groups: Vec<String>,
}

impl Maker {
    /// A new word of rare characters.
    fn canary(&mut self, field: &'static str) -> String {
        let rare: Vec<char> = RARE.chars().collect();
        loop {
            let word: String = (0..3).map(|_| rare[self.random.below(rare.len())]).collect();
            if self.canaries.iter().all(|canary| canary.word != word) {
                self.canaries.push(Canary { field, word: word.clone() });
                return word;
            }
        }
    }

    /// A new word of letters.
    fn latin(&mut self, field: &'static str) -> String {
        let letters: String = (0..7).map(|_| char::from(b'a' + self.random.below(26) as u8)).collect();
        let word = format!("qzx{letters}");
        self.canaries.push(Canary { field, word: word.clone() });
        word
    }

    fn named(&mut self, folder: String, place: usize, is_hidden: bool) -> Named {
        const TIMES: [&str; 5] = [
            "2099-01-01T08:00:00",
            "\"2025-06-01T08:00:01\"",
            "2025-06-02",
            "2025-06-01T00:00:01Z",
            "\"2026年1月1日\"",
        ];
        let hiding = is_hidden.then(|| match self.random.below(3) {
            0 => Hiding::Draft,
            1 => Hiding::Embargo(TIMES[self.random.below(TIMES.len())]),
            _ => Hiding::Withdrawn,
        });
        let number = place + 1;
        let (name, file) = match &hiding {
            None => (format!("{number:02}-open"), "open.png".to_owned()),
            Some(Hiding::Withdrawn) => (format!("{number:02}-notice"), self.file_name()),
            Some(_) => (format!("{number:02}-{}", self.latin("name of the file")), self.file_name()),
        };
        Named { folder, name, has_own_folder: self.random.one_in(3), file, hiding }
    }

    fn file_name(&mut self) -> String {
        match self.random.below(2) {
            0 => format!("{}.png", self.canary("name of a file beside it")),
            _ => format!("{}.png", self.latin("name of a file beside it")),
        }
    }

    fn words(&mut self) -> String {
        (0..1 + self.random.below(4))
            .map(|_| WORDS[self.random.below(WORDS.len())])
            .collect::<Vec<_>>()
            .join("，")
    }

    fn one_of(&mut self, names: &[[&'static str; 2]], twin: usize) -> String {
        names[self.random.below(names.len())][twin].to_owned()
    }

    fn speech(&mut self, plan: &Named, all: &[Named]) -> RandomSpeech {
        let mut files = Files::new();
        let beside = format!("content/meetings/{}/{}/{}", plan.folder, plan.name, plan.file);
        let is_hidden = plan.hiding.is_some();
        files.insert(beside, if self.random.one_in(4) { PICTURE.clone() } else { DOT.clone() });
        let aliases = match &plan.hiding {
            None => Vec::new(),
            Some(Hiding::Withdrawn) => vec![format!("/old/{}/{}/", plan.folder, plan.name)],
            Some(_) => vec![format!("/old/{}/", self.latin("alias"))],
        };
        let (mut front, body) = match is_hidden {
            true => (self.secret_front(&aliases, &mut files), self.secret_body(plan, all)),
            false => (self.open_front(), self.open_body(plan, all)),
        };
        if self.random.one_in(3) {
            let year = 2019 + self.random.below(6);
            front.push(("date", Value::Raw(format!("{year}-05-04"))));
        }
        if matches!(plan.hiding, Some(Hiding::Withdrawn)) {
            self.themes.push(other_name("theme", &plan.folder, &plan.name));
            self.groups.push(other_name("group", &plan.folder, &plan.name));
        }
        let hiding = plan.hiding.as_ref().map(|hiding| match hiding {
            Hiding::Draft => Hiding::Draft,
            Hiding::Embargo(time) => Hiding::Embargo(time),
            Hiding::Withdrawn => Hiding::Withdrawn,
        });
        // YAML and TOML write these alike.
        let is_yaml = self.random.one_in(3);
        RandomSpeech {
            folder: plan.folder.clone(),
            name: plan.name.clone(),
            has_own_folder: plan.has_own_folder,
            is_yaml,
            sealed: self.sealed(plan, &front),
            aliases,
            front,
            body,
            files,
            hiding,
        }
    }

    /// What was published of a withdrawn speech: addresses that tell nothing, names and a title that must not show.
    fn sealed(&mut self, plan: &Named, front: &[(&'static str, Value)]) -> Vec<Sealed> {
        if !matches!(plan.hiding, Some(Hiding::Withdrawn)) || self.random.one_in(3) {
            return Vec::new();
        }
        let own = format!("{}-{}", plan.folder, plan.name);
        let notice = format!("/meetings/{}/{}/", plan.folder, plan.name);
        let sealed =
            |address: String, key, name: &str, more| Sealed { address, key, name: name.into(), more };
        const TEXT: &str = ", text = \"0123456789abcdef0123456789abcdef\"";
        let mut found = vec![sealed(format!("/before/{own}/"), "moved", &notice, "")];
        for (key, value) in front {
            match (*key, value) {
                ("title", Value::Text(title)) => found.push(sealed(notice.clone(), "speech", title, TEXT)),
                ("themes", Value::List(themes)) => {
                    found.push(sealed(format!("/themes/{own}/"), "theme", themes[0].text(), ""));
                }
                ("speakers", Value::List(speakers)) => {
                    let one = &speakers[0];
                    if one.get("key").is_none() {
                        let name = one.get("name").map_or("", Value::text);
                        found.push(sealed(format!("/speakers/{own}/"), "speaker", name, ""));
                    }
                    let group = one.get("group").map_or("", Value::text);
                    found.push(sealed(format!("/groups/{own}/"), "group", group, ""));
                }
                _ => {}
            }
        }
        found
    }

    fn open_front(&mut self) -> Vec<(&'static str, Value)> {
        let (theme, group) = (self.one_of(&THEMES, 0), self.one_of(&GROUPS, 0));
        self.themes.push(theme.clone());
        self.groups.push(group.clone());
        let speaker = vec![
            ("name", text(self.one_of(&NAMES, 0))),
            ("group", text(group)),
            ("roles", Value::List(vec![text("代表")])),
        ];
        let mut front = vec![("title", text(self.words())), ("themes", Value::List(vec![text(theme)]))];
        front.push(("speaker", Value::Table(speaker)));
        front
    }

    fn secret_front(&mut self, aliases: &[String], files: &mut Files) -> Vec<(&'static str, Value)> {
        let (theme, group) = (self.canary("theme"), self.canary("group"));
        let (same_theme, same_group) = (self.one_of(&THEMES, 1), self.one_of(&GROUPS, 1));
        self.themes.extend([theme.clone(), same_theme.clone()]);
        self.groups.extend([group.clone(), same_group.clone()]);
        let speaker = self.secret_speaker(group, files);
        // One who also speaks in public, or sounds like one who does; with another way to write the name.
        let twin = self.random.below(2);
        let mut other = vec![("name", text(self.one_of(&NAMES, twin))), ("group", text(same_group))];
        other.push(("traditional", text(PINNED)));
        let title = format!("{}{}", self.words(), self.canary("title"));
        let mut front = vec![
            ("title", text(title)),
            ("subtitle", text(self.canary("subtitle"))),
            ("themes", Value::List(vec![text(theme), text(same_theme)])),
            ("summary", text(format!("{}。", self.canary("summary")))),
            ("editor", text(self.canary("editor"))),
        ];
        front.push(("aliases", Value::List(aliases.iter().map(text).collect())));
        front.push(("speakers", Value::List(vec![Value::Table(speaker), Value::Table(other)])));
        let url = format!("https://paper.example/{}", self.latin("url of the source"));
        let source = vec![("name", text(self.canary("name of the source"))), ("url", text(url))];
        front.push(("source", Value::Table(source)));
        let correction = vec![
            ("date", Value::Raw("2025-03-01".into())),
            ("note", text(self.canary("note of a correction"))),
            ("before", text(self.canary("words before a correction"))),
            ("after", text(self.canary("words after a correction"))),
        ];
        front.push(("corrections", Value::List(vec![Value::Table(correction)])));
        front
    }

    fn secret_speaker(&mut self, group: String, files: &mut Files) -> Vec<(&'static str, Value)> {
        let name = self.canary("name of the speaker");
        let byline = format!("{}代表 {name}", self.canary("byline"));
        let role = self.canary("role");
        let mut speaker = vec![
            ("name", text(name.clone())),
            ("byline", text(byline)),
            ("roles", Value::List(vec![text(role)])),
            ("group", text(group)),
        ];
        match self.random.below(3) {
            0 => speaker.push(("key", text(self.latin("key of the speaker")))),
            1 => {
                let path = format!("content/speakers/{}.md", self.latin("name of the speaker's file"));
                let role = vec![("role", text(self.canary("role in the speaker's file")))];
                let front = [("name", text(name)), ("roles", Value::List(vec![Value::Table(role)]))];
                let body = format!("生平{}。\n", self.canary("biography"));
                files.insert(path, document(false, &front, &body).into_bytes());
            }
            _ => {}
        }
        speaker
    }

    fn open_body(&mut self, plan: &Named, all: &[Named]) -> String {
        let mut body = format!("{}。公用词。\n\n## {}\n\n", self.words(), self.words());
        let other = &all[self.random.below(all.len())];
        let _ = writeln!(body, "见[另一篇]({})。\n", other.link_from(plan, &mut self.random));
        let own = if plan.has_own_folder { String::new() } else { format!("{}/", plan.name) };
        let _ = writeln!(body, "![照片]({own}{})\n", plan.file);
        if self.random.one_in(2) {
            let up = if plan.has_own_folder { "../../" } else { "../" };
            let _ =
                writeln!(body, "![别处的]({up}{}/{}/{} \"说明\")\n", other.folder, other.name, other.file);
        }
        body
    }

    fn secret_body(&mut self, plan: &Named, all: &[Named]) -> String {
        let own = if plan.has_own_folder { String::new() } else { format!("{}/", plan.name) };
        let shared = if plan.has_own_folder { "../shared.png" } else { "shared.png" };
        let other = &all[self.random.below(all.len())];
        let link = other.link_from(plan, &mut self.random);
        format!(
            "{}{}。公用词。\n\n## {}\n\n见[{}]({link})[^1]。\n\n![{}]({own}{} \"{}\")\n\n![{}]({shared})\n\n| {} |\n|---|\n| {} |\n\n> {}\n\n[^1]: {}\n",
            self.words(),
            self.canary("text"),
            self.canary("heading"),
            self.canary("link"),
            self.canary("alt text"),
            plan.file,
            self.canary("caption"),
            self.canary("alt text of a shared picture"),
            self.canary("head of a table"),
            self.canary("cell of a table"),
            self.canary("quotation"),
            self.canary("footnote"),
        )
    }

    fn meeting(&mut self, folder: &str, all: &[Named]) -> String {
        let date = format!("{}-0{}-09", &folder[..4], &folder[5..6]);
        let front =
            [("title", text(format!("第{}次会议", self.random.below(30)))), ("date", Value::Raw(date))];
        let mut body = format!("{}。\n\n", self.words());
        let other = &all[self.random.below(all.len())];
        let _ = writeln!(body, "见[发言](/meetings/{}/{}/)。\n", other.folder, other.name);
        if self.random.one_in(3) {
            body.push_str("![会场](shared.png)\n");
        }
        document(false, &front, &body)
    }

    /// Settings of hosts, compressed twins, and which lists have feeds.
    fn publication(&mut self, config: &mut String) {
        const HOSTS: [&str; 9] =
            ["github", "cloudflare", "netlify", "oss", "cos", "nginx", "apache", "caddy", "iis"];
        const FEEDS: [&str; 6] = ["site", "themes", "groups", "meetings", "speakers", "corrections"];
        let lists: [(&str, &[&str], usize); 3] =
            [("hosts", &HOSTS, 2), ("precompress", &["gzip", "br"], 4), ("feeds", &FEEDS, 2)];
        for (key, words, n) in lists {
            if self.random.one_in(n) {
                let chosen: Vec<&&str> = words.iter().filter(|_| self.random.one_in(2)).collect();
                let _ = writeln!(config, "{key} = {chosen:?}");
            }
        }
    }

    fn config(&mut self, kept_meeting: &str) -> String {
        let mut config = String::from("title = \"会议发言\"\nbase_url = \"https://fayan.example/a/\"\n");
        let _ = writeln!(config, "page_size = {}", 1 + self.random.below(3));
        let _ = writeln!(config, "minify = {}", self.random.one_in(8));
        let options = [
            "links = \"explicit\"\n",
            "sort = \"strokes\"\n",
            "profile = \"cppcc\"\n",
            "tera_theme = \"plain\"\n",
        ];
        for option in options {
            if self.random.one_in(4) {
                config.push_str(option);
            }
        }
        self.publication(&mut config);
        let _ = writeln!(config, "[share_pictures]\nenabled = {}", self.random.one_in(12));
        let (pack, scripts) = (1 + self.random.below(3), self.random.one_in(2));
        let _ = writeln!(config, "[search]\nhot_words = [\"公用词\"]\npack = {pack}\nscripts = {scripts}");
        if self.random.one_in(3) {
            let _ = writeln!(config, "[offline]\nmeeting = \"{kept_meeting}\"");
        }
        if self.random.one_in(2) {
            config.push_str("[[saved_searches]]\nname = \"公用\"\nquery = \"公用词\"\nslug = \"shared\"\n");
        }
        if self.random.one_in(3) {
            config.push_str("[[editions]]\nname = \"简体\"\n[[editions]]\nname = \"繁體\"\npath = \"hant\"\nscript = \"hant\"\n");
            if self.random.one_in(2) {
                config
                    .push_str("[[editions]]\nname = \"大字版\"\npath = \"large\"\ntera_theme = \"plain\"\n");
            }
        }
        for (list, names) in [("themes", self.themes.clone()), ("groups", self.groups.clone())] {
            if self.random.one_in(3) {
                config.push_str(&closed(list, names));
            }
        }
        config
    }
}

/// A closed list, with a description for each name.
fn closed(list: &str, mut names: Vec<String>) -> String {
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(plenary::chinese::normalize::identity(name)));
    names
        .iter()
        .map(|name| format!("[[{list}]]\nname = \"{name}\"\ndescription = \"关于{name}\"\n"))
        .collect()
}

/// A picture that is wide enough for a smaller copy.
static PICTURE: LazyLock<Vec<u8>> = LazyLock::new(|| png(700, 20));
static DOT: LazyLock<Vec<u8>> = LazyLock::new(|| png(8, 8));

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}
