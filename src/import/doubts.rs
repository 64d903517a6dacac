//! What a person should look at before the import is published.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::document::PieceKind;
use super::infer::Facts;
use super::lines::Point;
use super::surnames::begins_with_surname;
use super::{Speech, blocks};
use crate::chinese::normalize;
use crate::diagnostic::counted;

/// Doubts about the meeting: its date and the number of speakers.
pub(crate) fn about_meeting(facts: &Facts, date: Date, speeches: &[Speech]) -> Vec<Point> {
    let mut points = Vec::new();
    if let Some((month, day, line)) = facts.day
        && (month, day) != (date.month(), date.day())
    {
        points.push(Point::new(
            line,
            format!("文稿写的是{month}月{day}日，--date 给的是 {date}。"),
            format!("The document says {month}月{day}日, --date says {date}."),
        ));
    }
    let found: usize = speeches.iter().map(|speech| speech.speakers.len()).sum();
    if let Some((said, line)) = facts.speakers
        && said != found
    {
        points.push(Point::new(
            line,
            format!("文稿说有{said}位发言人，找到{found}位。"),
            format!("The document speaks of {}; found: {found}.", counted(said, "speaker", "speakers")),
        ));
    }
    points
}

/// Doubts about one speech.
pub(crate) fn about_speech(speech: &Speech, has_themes: bool, median: usize) -> Vec<Point> {
    let mut points = Vec::new();
    if speech.speakers.is_empty() {
        points.push(Point::new(
            speech.line,
            format!("标题“{}”下面没有“职务 姓名”一行，写成草稿，没有发言人。", speech.title),
            format!(
                "No line of roles and a name under the heading “{}”: written as a draft without a speaker.",
                speech.title
            ),
        ));
    }
    if has_themes && speech.themes.is_empty() {
        points.push(Point::new(
            speech.line,
            format!("“{}”没有找到主题。", speech.title),
            format!("No theme was found for “{}”.", speech.title),
        ));
    }
    points.extend(about_names(speech));
    let characters = speech.characters();
    if characters == 0 {
        points.push(Point::new(
            speech.line,
            format!("“{}”没有正文。", speech.title),
            format!("“{}” has no text.", speech.title),
        ));
    } else if characters < 30 || characters * 5 < median {
        points.push(Point::new(
            speech.line,
            format!("“{}”的正文只有{characters}字，请核对是否完整。", speech.title),
            format!(
                "The text of “{}” has only {}. Check that it is complete.",
                speech.title,
                counted(characters, "character", "characters")
            ),
        ));
    }
    points
}

fn about_names(speech: &Speech) -> Vec<Point> {
    let mut points = Vec::new();
    for speaker in &speech.speakers {
        let name = &speaker.name;
        let dotted = !name.chars().all(crate::chinese::characters::is_han);
        if !dotted && !begins_with_surname(name) {
            points.push(Point::new(
                speech.line,
                format!("“{name}”是不是发言人的姓名？请核对。"),
                format!("Is “{name}” the speaker's name? Please check."),
            ));
        }
    }
    if speech.speakers.len() > 1 {
        let names: Vec<&str> = speech.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        points.push(Point::new(
            speech.line,
            format!("联合发言：{}。请核对各人的职务。", names.join("、")),
            format!("A joint speech by {}. Check who has which roles.", names.join(", ")),
        ));
    }
    points
}

/// Names that occur in more than one speech.
pub(crate) fn about_repeated_names(speeches: &[Speech]) -> Vec<Point> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut points = Vec::new();
    for speech in speeches {
        for speaker in &speech.speakers {
            let identity = normalize::identity(&speaker.name);
            match seen.get(&identity) {
                Some(title) => points.push(
                    Point::new(
                        speech.line,
                        format!(
                            "“{}”在《{title}》里已出现。如果是两个人，请给其中一人写 key。",
                            speaker.name
                        ),
                        format!(
                            "“{}” also made “{title}”. If these are two people, give one of them a key.",
                            speaker.name
                        ),
                    )
                    .in_file(speech.file),
                ),
                None => {
                    seen.insert(identity, &speech.title);
                }
            }
        }
    }
    points
}

/// A last line of a document that may not belong to its last speech.
pub(crate) fn about_last_line(speech: &Speech) -> Option<Point> {
    const SIGNS: [&str; 8] = ["记者", "通讯员", "来源", "责编", "编辑", "整理", "责任编辑", "摄影"];
    let last = speech.body.last().filter(|piece| piece.kind == PieceKind::Paragraph)?;
    let short = last.text.chars().count() <= 40;
    let remark = SIGNS.iter().any(|sign| last.text.contains(sign)) || !blocks::ends_sentence(&last.text);
    (short && remark && speech.body.len() > 1).then(|| {
        Point::new(
            last.line,
            format!("最后一行“{}”算在最后一篇发言里，请核对。", last.text),
            format!("The last line “{}” was taken as part of the last speech. Please check.", last.text),
        )
        .in_file(speech.file)
    })
}
