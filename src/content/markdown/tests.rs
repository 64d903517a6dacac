use super::*;

fn html(source: &str) -> String {
    let (body, _) = parse("a.md", source, 0, &Rules::default());
    body.html(|link| Some(body.links()[link].target.clone()), |_| Frame::default())
}

fn codes(source: &str) -> Vec<&'static str> {
    parse("a.md", source, 0, &Rules::default()).1.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn bold_beside_chinese_punctuation() {
    for (source, right) in [
        ("**先试点，**再铺开。", "<p id=\"p1\"><strong>先试点，</strong>再铺开。</p>"),
        ("要把**“最后一米”**走通。", "<p id=\"p1\">要把<strong>“最后一米”</strong>走通。</p>"),
        ("**“双循环”**要通", "<p id=\"p1\"><strong>“双循环”</strong>要通</p>"),
        ("到位。**经费：**由两级分担", "<p id=\"p1\">到位。<strong>经费：</strong>由两级分担</p>"),
        ("*慢下来。*再谈", "<p id=\"p1\"><em>慢下来。</em>再谈</p>"),
        ("***又快又好。***各部门", "<p id=\"p1\"><em><strong>又快又好。</strong></em>各部门</p>"),
        ("算式 5 * 3 与 6 * 2 不变", "<p id=\"p1\">算式 5 * 3 与 6 * 2 不变</p>"),
        ("`**甲。**乙` \\*\\*甲。\\*\\*乙", "<p id=\"p1\"><code>**甲。**乙</code> **甲。**乙</p>"),
        ("**Note:** text", "<p id=\"p1\"><strong>Note:</strong> text</p>"),
        ("한국어**“인용”**입니다", "<p id=\"p1\">한국어<strong>“인용”</strong>입니다</p>"),
    ] {
        assert_eq!(html(source), right, "{source}");
    }
}

#[test]
fn the_line_of_the_case_collection() {
    let source = "**先试点，**再铺开。要把**“最后一米”**走通。**经费：**由两级分担。*慢下来。*再谈。算式 5 * 3 与 6 * 2 不变。";
    let right = "<p id=\"p1\"><strong>先试点，</strong>再铺开。要把<strong>“最后一米”</strong>走通。<strong>经费：</strong>由两级分担。<em>慢下来。</em>再谈。算式 5 * 3 与 6 * 2 不变。</p>";
    assert_eq!(html(source), right);
}

#[test]
fn soft_breaks() {
    for (source, right) in [
        ("口袋\n公园", "<p id=\"p1\">口袋公园</p>"),
        ("open\ndata", "<p id=\"p1\">open data</p>"),
        ("建设，\n让绿意可亲", "<p id=\"p1\">建设，让绿意可亲</p>"),
        ("**口袋**\n公园", "<p id=\"p1\"><strong>口袋</strong>公园</p>"),
        ("口袋\n　　公园", "<p id=\"p1\">口袋公园</p>"),
        ("口袋\r\n公园", "<p id=\"p1\">口袋公园</p>"),
        ("一行  \n二行", "<p id=\"p1\">一行<br>二行</p>"),
    ] {
        assert_eq!(html(source), right, "{source:?}");
    }
}

#[test]
fn indentation_by_full_width_spaces_is_dropped() {
    assert_eq!(
        html("　　各位委员：\n\n　　现在开会。"),
        "<p id=\"p1\">各位委员：</p><p id=\"p2\">现在开会。</p>"
    );
}

#[test]
fn a_year_at_the_beginning_is_no_list() {
    assert_eq!(html("2024. 年度工作"), "<p id=\"p1\">2024. 年度工作</p>");
    assert_eq!(html("1. 第一\n2. 第二"), "<ol><li id=\"p1\">第一</li><li id=\"p2\">第二</li></ol>");
}

#[test]
fn paragraphs_are_numbered_and_kept_as_plain_text() {
    let (body, _) = parse("a.md", "## 一\n\n甲**乙**\n\n- 丙\n- 丁\n\n> 戊", 0, &Rules::default());
    let read = body.read();
    let found: Vec<String> = read.paragraphs().map(|p| format!("{} {}", p.id(), p.text)).collect();
    assert_eq!(found, ["s1 一", "p1 甲乙", "p2 丙", "p3 丁", "p4 戊"]);
    assert_eq!(html("> 戊"), "<blockquote><p id=\"p1\">戊</p></blockquote>");
}

#[test]
fn the_highest_headings_of_a_text_are_second_level() {
    assert_eq!(html("### 一\n\n#### 二"), "<h2 id=\"s1\">一</h2><h3 id=\"s2\">二</h3>");
    assert_eq!(html("# 一\n\n### 二"), "<h2 id=\"s1\">一</h2><h4 id=\"s2\">二</h4>");
}

#[test]
fn nested_lists_keep_their_text_apart() {
    let source = "- 甲\n  - 乙\n- 丙\n";
    assert_eq!(
        html(source),
        "<ul><li id=\"p1\">甲<ul><li id=\"p2\">乙</li></ul></li><li id=\"p3\">丙</li></ul>"
    );
}

#[test]
fn html_is_shown_and_never_run() {
    let source = "<script>window.p=1</script>\n\n<img src=x onerror=\"window.p=2\"> [点](javascript:window.p=3)\n\n</article></main><b>未闭合\n\n参加人<未定>";
    let html = html(source);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("</article"), "{html}");
    assert!(html.contains("参加人&lt;未定&gt;"), "{html}");
    let found = codes(source);
    assert_eq!(found.iter().filter(|code| **code == "raw-html").count(), 3, "{found:?}");
    assert_eq!(found.iter().filter(|code| **code == "unsafe-link").count(), 1, "{found:?}");
}

#[test]
fn schemes_in_disguise_are_unsafe() {
    for target in [
        "javascript:x",
        "JaVaScRiPt:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/",
    ] {
        let source = format!("[a](<{target}>)");
        assert_eq!(codes(&source), ["unsafe-link"], "{target}");
    }
}

#[test]
fn comments_are_left_out() {
    assert_eq!(html("甲<!-- 内部 -->乙"), "<p id=\"p1\">甲乙</p>");
    assert_eq!(html("<!-- 内部\n第二行 -->\n\n甲"), "<p id=\"p1\">甲</p>");
}

#[test]
fn deep_nesting_is_refused() {
    assert_eq!(codes(&">".repeat(5000)), ["too-deep"]);
    assert_eq!(codes(&format!("{}甲", "> ".repeat(20))), [""; 0]);
}

#[test]
fn traps() {
    for source in ["    四个空格的段落", "一段话\n---", "#标题", "![](图 片.png)"] {
        assert_eq!(codes(source), ["markdown-trap"], "{source}");
    }
}

#[test]
fn tables_footnotes_and_pictures() {
    let table = html("|甲|乙|\n|:-|-:|\n|1|2|");
    assert_eq!(
        table,
        "<div class=\"table\" id=\"p1\" role=\"group\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" class=\"left\">甲</th><th scope=\"col\" class=\"right\">乙</th></tr></thead><tbody><tr><td class=\"left\">1</td><td class=\"right\">2</td></tr></tbody></table></div>"
    );
    let note = html("甲[^一]\n\n[^一]: 注");
    assert_eq!(
        note,
        "<p id=\"p1\">甲<sup id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup></p><section class=\"footnotes\" role=\"doc-endnotes\"><ol><li id=\"fn-1\" value=\"1\"><p id=\"p2\">注</p> <a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"↩ 1\">↩</a></li></ol></section>"
    );
    assert_eq!(
        html("![图\"](a.png)"),
        "<figure id=\"p1\"><img src=\"a.png\" alt=\"图&quot;\" loading=\"lazy\" decoding=\"async\"></figure>"
    );
}

proptest::proptest! {
    #[test]
    fn nothing_panics_and_no_mark_is_left(source in "[甲乙。，“”*_`<>\\[\\]()#\\-+!\\\\&;|0-9a \\n\\t　~=:]{0,120}") {
        let html = html(&source);
        proptest::prop_assert!(!html.contains(emphasis::MARK));
    }

    #[test]
    fn any_text_can_be_parsed(source in "\\PC{0,200}") {
        let _ = parse("a.md", &source, 0, &Rules { raw_html: true, ..Rules::default() });
    }
}

#[test]
fn a_site_may_allow_a_few_tags() {
    let rules = Rules { raw_html: true, ..Rules::default() };
    let read = |source: &str| {
        let (body, found) = parse("a.md", source, 0, &rules);
        let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
        let html = body.html(|link| Some(body.links()[link].target.clone()), |_| Frame::default());
        (html, body.read().plain(), codes)
    };
    let good = |source: &str, html: &str, plain: &str| {
        let (found, text, codes) = read(source);
        assert_eq!(
            (found.as_str(), text.as_str()),
            (format!("<p id=\"p1\">{html}</p>").as_str(), plain),
            "{source}"
        );
        assert!(codes.is_empty(), "{source}: {codes:?}");
    };
    good("水是H<sub>2</sub>O", "水是H<sub>2</sub>O", "水是H2O");
    good(
        "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字",
        "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字",
        "汉字",
    );
    good("一<br>二<BR />三", "一<br>二<br>三", "一\n二\n三");
    good("**<u>重**点", "<strong><u>重</u></strong>点", "重点");
    good("<sub>未关", "<sub>未关</sub>", "未关");
    for source in
        ["<sub onclick=x>a</sub>", "<script>x</script>", "a</sub>b", "<b><i>x</b></i>", "<p><img src=x>"]
    {
        let (html, _, codes) = read(&format!("段落{source}"));
        assert!(codes.contains(&"raw-html"), "{source}: {html}");
        assert!(!html.contains("onclick=") || html.contains("&lt;sub onclick"), "{html}");
        assert_eq!(
            html.matches("<b>").count() + html.matches("<i>").count(),
            html.matches("</b>").count() + html.matches("</i>").count()
        );
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
}
