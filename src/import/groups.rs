//! The party that a speaker's roles name; never a guess.

/// A group and the names under which its offices are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyNames {
    /// The group's name on the site.
    pub group: String,
    /// Full and short names as they are printed: 中国民主促进会, 民进.
    pub names: Vec<String>,
}

/// What the roles say about the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding<'a> {
    Group(&'a str),
    /// Two roles name two groups.
    Several(Vec<&'a str>),
    Nothing,
}

/// Finds the group that the roles name; of names that overlap the longest counts.
pub(crate) fn group_of<'a>(roles: &[String], parties: &'a [PartyNames]) -> Finding<'a> {
    let mut groups: Vec<&str> = Vec::new();
    for role in roles {
        if let Some(group) = group_of_role(role, parties)
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    }
    match groups.as_slice() {
        [] => Finding::Nothing,
        [group] => Finding::Group(group),
        _ => Finding::Several(groups),
    }
}

fn group_of_role<'a>(role: &str, parties: &'a [PartyNames]) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for party in parties {
        for name in std::iter::once(&party.group).chain(&party.names) {
            let longer = best.is_none_or(|(length, _)| name.len() > length);
            if longer && names_party(role, name) {
                best = Some((name.len(), &party.group));
            }
        }
    }
    best.map(|(_, group)| group)
}

/// Whether a role is an office of this party. Names of two characters also occur across
/// words (人民革命, 市民建议, 农民进城), so they need a border on either side.
fn names_party(role: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let short = name.chars().count() <= 2;
    role.match_indices(name).any(|(at, found)| {
        let before = role.get(..at).unwrap_or("");
        let after = role.get(at + found.len()..).unwrap_or("");
        !short || (begins(before) && goes_on(before, after))
    })
}

/// Whether a short party name may begin here: at the start, or behind a place or a sign.
fn begins(before: &str) -> bool {
    match before.chars().next_back() {
        None => true,
        Some(c) => !c.is_alphanumeric() || "省市区县州盟旗原任兼".contains(c),
    }
}

/// Whether what follows a short party name is an office of it.
fn goes_on(before: &str, after: &str) -> bool {
    const OFFICES: [&str; 18] = [
        "委",
        "主委",
        "副主委",
        "专职",
        "常委",
        "中央",
        "支部",
        "总支",
        "基层",
        "机关",
        "秘书",
        "党员",
        "会员",
        "盟员",
        "社员",
        "成员",
        "界",
        "支社",
    ];
    if after.is_empty() {
        return true;
    }
    if before.is_empty() || !before.ends_with(char::is_alphanumeric) {
        return OFFICES.iter().any(|office| after.contains(office));
    }
    let own = OFFICES.iter().any(|office| after.starts_with(office));
    let placed = ["省", "市", "区", "县"].iter().any(|place| {
        after.split_once(place).is_some_and(|(name, rest)| {
            name.chars().count() <= 4 && OFFICES.iter().any(|office| rest.starts_with(office))
        })
    });
    own || placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties() -> Vec<PartyNames> {
        [
            ("民革", "中国国民党革命委员会"),
            ("民盟", "中国民主同盟"),
            ("民建", "中国民主建国会"),
            ("民进", "中国民主促进会"),
            ("台盟", "台湾民主自治同盟"),
            ("九三学社", "九三学社"),
            ("农工党", "中国农工民主党"),
        ]
        .into_iter()
        .map(|(group, name)| PartyNames { group: group.to_string(), names: vec![name.to_string()] })
        .collect()
    }

    #[test]
    fn offices_of_parties() {
        let parties = parties();
        for (role, group) in [
            ("民进武汉市委员会专职副主委", "民进"),
            ("湖北省台盟副主委", "台盟"),
            ("台盟湖北省委副主委", "台盟"),
            ("九三学社武汉市委会副主委", "九三学社"),
            ("武汉市民盟主委", "民盟"),
            ("原民革中央常委", "民革"),
            ("中国民主建国会武汉市委员会主委", "民建"),
            ("民建会员", "民建"),
        ] {
            assert_eq!(group_of(&[role.to_string()], &parties), Finding::Group(group), "{role}");
        }
    }

    #[test]
    fn words_that_only_contain_a_party_name() {
        let parties = parties();
        for role in [
            "人民革命军事博物馆馆长",
            "市民建议征集办公室主任",
            "农民进城务工办公室主任",
            "人民建设银行行长",
            "省民政厅厅长",
            "市民革新协会委员",
            "民建筑工程公司经理",
            "政协委员",
        ] {
            assert_eq!(group_of(&[role.to_string()], &parties), Finding::Nothing, "{role}");
        }
    }

    #[test]
    fn two_groups_are_no_answer() {
        let roles = ["民进武汉市委员会委员".to_string(), "民盟武汉市委员会委员".to_string()];
        assert_eq!(group_of(&roles, &parties()), Finding::Several(vec!["民进", "民盟"]));
    }
}
