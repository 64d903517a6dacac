//! Points in time as editors write them: a day, a day with a time, with or without an offset from UTC.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use super::fields::parse_date;

/// Reads a point in time: `2026-03-05T09:00:00+08:00`, or without an offset in `zone`: `2026-03-05 09:00`,
/// `2026年3月5日9时30分`; a day alone means its beginning.
///
/// An embargo must never end earlier than its editor meant. So where clocks are put forward, a time that they skip is
/// as long after the change as it was meant to be after the old time (02:30 becomes 03:30); where they are put back, a
/// time that they show twice is the second one. Who means the first writes the offset.
///
/// # Returns
/// None where it is no point in time, such as 30 February; also where a time zone is named in brackets, since it might
/// be another than that of the site.
pub fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.contains('[') {
        return None;
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    zone.to_ambiguous_timestamp(local(text, zone)?).later().ok()
}

/// What the clocks of `zone` show.
fn local(text: &str, zone: &TimeZone) -> Option<DateTime> {
    if let Ok(local) = text.parse::<DateTime>() {
        return Some(local);
    }
    let end_of_day = text.find('日').map(|at| at + '日'.len_utf8());
    let (day, time) = match end_of_day.or_else(|| text.find([' ', 'T'])) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let time = time.trim_start_matches('T').trim();
    let time = if time.is_empty() { Time::midnight() } else { time_of_day(time)? };
    Some(parse_date(day.trim(), zone)?.to_datetime(time))
}

/// `9:00`, `09:00:30`, with full-width colons as well; `9时`, `9点`, `9时30分`.
fn time_of_day(text: &str) -> Option<Time> {
    let text = match text.strip_suffix('分').or_else(|| text.strip_suffix('秒')) {
        Some(rest) => rest.to_owned(),
        None => {
            text.strip_suffix(['时', '點', '点', '時']).map_or(text.to_owned(), |hour| format!("{hour}:0"))
        }
    };
    let mut numbers = Vec::new();
    for part in text.split([':', '：', '时', '時', '点', '點', '分']) {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers.push(part.parse().ok().filter(|_| digits)?);
    }
    match numbers.as_slice() {
        [hour, minute] => Time::new(*hour, *minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(*hour, *minute, *second, 0).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: &str) -> Option<String> {
        let zone = TimeZone::get(zone).expect("a time zone");
        parse(text, &zone).map(|instant| instant.to_string())
    }

    #[test]
    fn all_ways_to_write_one_instant() {
        for text in [
            "2026-03-05 09:00",
            "2026-03-05T09:00",
            "2026-03-05 09:00:00",
            "2026-03-05T09:00:00+08:00",
            "2026-03-05 09:00+08:00",
            "2026-03-05T01:00:00Z",
            "2026-03-05T01:00Z",
            "2026-3-5 9:00",
            "2026/3/5 9:00",
            "2026年3月5日9时",
            "2026年3月5日 9点",
            "2026年3月5日 9：00",
            "2026年3月5日 09:00:00",
            "2026年3月5日9时00分",
            "2026年3月5日9时0分0秒",
        ] {
            assert_eq!(at(text, "Asia/Shanghai").as_deref(), Some("2026-03-05T01:00:00Z"), "{text}");
        }
        for day in ["2026-03-05", "2026年3月5日", "2026/3/5"] {
            assert_eq!(at(day, "Asia/Shanghai").as_deref(), Some("2026-03-04T16:00:00Z"), "{day}");
            assert_eq!(at(day, "UTC").as_deref(), Some("2026-03-05T00:00:00Z"), "{day}");
        }
    }

    #[test]
    fn what_is_no_instant() {
        for text in [
            "",
            "明天",
            "9:00",
            "2026-02-30",
            "2026-02-29 09:00",
            "2026-13-01",
            "2026年2月30日9时",
            "2026-03-05 25:00",
            "2026-03-05 9:60",
            "2026-03-05 9",
            "2026年3月5日上午",
            "2026年3月5日分",
            "2026-03-05 09:00 +08:00",
            "2026-03-05T09:00+8",
            "2026-03-05T09:00[Europe/Berlin]",
            "2026-03-05 -9:00",
        ] {
            assert_eq!(at(text, "Asia/Shanghai"), None, "{text}");
        }
    }

    #[test]
    fn where_clocks_change_an_embargo_never_ends_too_early() {
        for (text, zone, instant) in [
            ("2026-03-29 01:59:59", "Europe/Berlin", "2026-03-29T00:59:59Z"),
            ("2026-03-29 02:00", "Europe/Berlin", "2026-03-29T01:00:00Z"),
            ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30:00Z"),
            ("2026-03-29 03:00", "Europe/Berlin", "2026-03-29T01:00:00Z"),
            ("2026-10-25 01:59:59", "Europe/Berlin", "2026-10-24T23:59:59Z"),
            ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T01:30:00Z"),
            ("2026-10-25 02:30+02:00", "Europe/Berlin", "2026-10-25T00:30:00Z"),
            ("2026-10-25 03:00", "Europe/Berlin", "2026-10-25T02:00:00Z"),
            // Clocks skip midnight: the day begins at 01:00.
            ("2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00Z"),
        ] {
            assert_eq!(at(text, zone).as_deref(), Some(instant), "{text} in {zone}");
        }
    }
}
