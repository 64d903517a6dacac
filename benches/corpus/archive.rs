//! A made-up archive: meetings, their speeches, and the people who make them. The same seed gives the same archive.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::random::Random;
use super::words::Words;

/// Speeches of one meeting.
const SITTING: usize = 20;
/// Days over which all meetings are spread.
const DAYS: usize = 9_000;
/// Paragraphs of a speech, and the characters of each: about 1,000 in all.
const PARAGRAPHS: usize = 5;
const PARAGRAPH: (usize, usize) = (150, 250);
/// Numbers of things that have random numbers of their own.
const PEOPLE: u64 = 1 << 40;

const THEMES: [&str; 24] = [
    "乡村振兴",
    "养老服务",
    "公共交通",
    "防汛排涝",
    "垃圾分类",
    "老旧小区",
    "托育服务",
    "营商环境",
    "数字政府",
    "基层治理",
    "食品安全",
    "学前教育",
    "职业教育",
    "分级诊疗",
    "住房保障",
    "湿地保护",
    "绿色建筑",
    "夜间经济",
    "先进制造",
    "种业创新",
    "文物保护",
    "全民健身",
    "志愿服务",
    "残疾人就业",
];
const GROUPS: [&str; 10] =
    ["民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "工商联", "无党派人士"];
const SURNAMES: &str = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN: &str = "一之义云亚仁佳俊信元光兰冬凌凯刚力勇华卓博卫友可君启国坚声天奇妍姗娟婷子孝宁安宏家宽山岚峰川巍帆平庆康建彤德志思怡恒慧成振敏文斌新方旭昊明春晓晨景智月朋杰松林柏树桂梅棋楠欣正毅民水永江泽洁海涛清源瀚灵炜然燕玉珊琳瑞瑶生男畅益真睿石磊秀秋立端竹笑筠红纯维罡美群翔耀育舟良艺芝芳英茂荣莉萍蓉蕾虹行裕诚贤贵超越辉达进远逸道重金钧铭锋长青静鸣鸿鹏";

/// Someone who speaks.
pub(crate) struct Person {
    /// The name.
    pub(crate) name: String,
    /// What they speak as.
    pub(crate) roles: [String; 2],
    /// The party or sector.
    pub(crate) group: &'static str,
}

/// A meeting.
pub(crate) struct Meeting {
    /// Its folder.
    pub(crate) folder: String,
    /// Its title.
    pub(crate) title: String,
    /// Its day.
    pub(crate) date: Date,
}

/// A speech.
pub(crate) struct Speech<'a> {
    /// The number of its meeting, from 0.
    pub(crate) meeting: usize,
    /// The name of its file, without the ending.
    pub(crate) name: String,
    /// Its title.
    pub(crate) title: String,
    /// Who speaks.
    pub(crate) speaker: &'a Person,
    /// One or two.
    pub(crate) themes: Vec<&'static str>,
    /// The text.
    pub(crate) paragraphs: Vec<String>,
}

/// The whole archive; speeches are made when they are asked for.
pub(crate) struct Archive {
    words: Words,
    seed: u64,
    speeches: usize,
    people: Vec<Person>,
}

impl Archive {
    /// An archive of so many speeches, with three speakers for ten of them.
    pub(crate) fn new(speeches: usize, seed: u64, words: Words) -> Archive {
        assert!(words.len() > 0, "no words");
        let people = (0..(speeches * 3 / 10).max(19)).map(|i| person(&words, seed, i)).collect();
        Archive { words, seed, speeches, people }
    }

    /// All meetings, the oldest first.
    pub(crate) fn meetings(&self) -> impl Iterator<Item = Meeting> {
        let count = self.speeches.div_ceil(SITTING);
        (0..count).map(move |i| Meeting {
            folder: format!("m{i:05}"),
            title: format!("第{}次全体会议", i + 1),
            date: date(2000, 1, 9) + ((i * DAYS / count) as i64).days(),
        })
    }

    /// All speeches, those of a meeting together.
    pub(crate) fn speeches(&self) -> impl Iterator<Item = Speech<'_>> {
        (0..self.speeches).map(|i| self.speech(i))
    }

    fn speech(&self, number: usize) -> Speech<'_> {
        let random = &mut Random::new(self.seed, number as u64);
        let mut themes = vec![random.pick(&THEMES)];
        if random.chance(1, 2) {
            themes.push(random.pick(&THEMES));
            themes.dedup();
        }
        Speech {
            meeting: number / SITTING,
            name: format!("{:02}", number % SITTING + 1),
            title: self.words.phrase(random, 5, 8),
            speaker: &self.people[random.below(self.people.len())],
            themes,
            paragraphs: (0..PARAGRAPHS).map(|_| self.paragraph(random)).collect(),
        }
    }

    fn paragraph(&self, random: &mut Random) -> String {
        let length = random.between(PARAGRAPH.0, PARAGRAPH.1);
        let mut text = String::new();
        while text.chars().count() < length {
            text.push_str(&self.words.phrase(random, 4, 8));
            if random.chance(1, 15) {
                text.push_str(&format!(
                    "{}{}",
                    random.between(2, 99),
                    random.pick(&["%", "个", "万元", "亿元"])
                ));
            }
            text.push_str(random.pick(&["，", "，", "，", "、", "；", "。", "。", "。"]));
        }
        text.pop();
        text + "。"
    }
}

fn person(words: &Words, seed: u64, number: usize) -> Person {
    let random = &mut Random::new(seed, PEOPLE + number as u64);
    let characters = |text: &str| text.chars().collect::<Vec<char>>();
    let mut name = random.pick(&characters(SURNAMES)).to_string();
    for _ in 0..if random.chance(4, 5) { 2 } else { 1 } {
        name.push(random.pick(&characters(GIVEN)));
    }
    let office = format!("{}主任", words.phrase(random, 3, 4));
    Person { name, roles: ["市政协委员".into(), office], group: random.pick(&GROUPS) }
}
