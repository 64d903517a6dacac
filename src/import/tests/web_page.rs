//! Web pages as portals and office programs write them.

use super::*;

fn pieces(found: &Proceedings) -> Vec<(PieceKind, &str)> {
    let speeches = found.speeches.iter();
    speeches.flat_map(|speech| &speech.body).map(|piece| (piece.kind, piece.text.as_str())).collect()
}

const PAGE: &str = r#"<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>某市政协</title><style>p { color: red }</style></head>
<body><nav><a href="/">首页</a></nav><h1>网站名</h1>
<article>
<h2>办好社区
食堂</h2>
<p>市政协委员，某某公司总经理 <b>王伟</b></p>
<p>　　方便<span style="display: none">暗的</span>老年&nbsp;居民&lt;就餐&gt;。<script>alert("</p>")</script></p>
<div>甲<br>乙</div>
<ol start="3"><li><p>第三。</p><li>第四。<ul><li>其中。</li></ul></li></ol>
<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>口。<!-- 注 --></p>
<ol reversed><li>冠军。</li></ol>
<h3></h3><p>结束。</p><img src="a.png">
</article>
<footer>版权所有</footer></body></html>"#;

#[test]
fn the_words_of_the_main_part_are_read() {
    let found = read_bytes(PAGE.as_bytes());
    assert_eq!((found.files[0].format, found.files[0].layout), ("HTML", Layout::Paragraphs));
    assert_eq!(found.speeches[0].title, "办好社区食堂");
    assert_eq!(found.speeches[0].speakers[0].byline, "市政协委员，某某公司总经理 王伟");
    let paragraph = PieceKind::Paragraph;
    assert_eq!(
        pieces(&found),
        [
            (paragraph, "方便老年 居民<就餐>。"),
            (paragraph, "甲"),
            (paragraph, "乙"),
            (paragraph, "3. 第三。"),
            (paragraph, "4. 第四。"),
            (PieceKind::Item, "其中。"),
            (paragraph, "汉口。"),
            (PieceKind::Item, "冠军。"),
            (paragraph, "结束。"),
        ]
    );
    assert!(found.points.iter().any(|point| point.message.en.contains("run backwards")));
    assert!(found.points.iter().any(|point| point.message.en.contains("picture")));
}

#[test]
fn other_encodings_and_pages_without_a_main_part_are_read() {
    let page = PAGE
        .replace("<article>", "")
        .replace("</article>", "")
        .replace("charset=\"utf-8\"", "charset=\"gb2312\"");
    let bytes = encoding_rs::GB18030.encode(&page).0;
    let found = read_bytes(&bytes);
    assert_eq!(found.meeting.title, "网站名");
    assert_eq!(pieces(&found).len(), 9);
}

#[test]
fn broken_pages_lose_no_words() {
    for page in [
        "<html><h2>办好社区食堂<p>市政协委员 王伟<p>方便就餐。</ul></ul></article></h3></div><li>还有",
        "<html><h2>办好社区食堂</h2><p>市政协委员 王伟</p><svg/>方便就餐。<o:p></o:p><div hidden=x>暗</div><b>还</b>有",
    ] {
        let found = read_bytes(page.as_bytes());
        let words: String = pieces(&found).into_iter().map(|(_, text)| text).collect();
        assert_eq!(words, "方便就餐。还有", "{page}");
    }
}

#[test]
fn a_tag_of_attributes_without_end_is_refused() {
    let tags: [fn(usize) -> String; 2] = [|i| format!(" a{i}"), |i| format!("a{i}=\"x\"")];
    for one in tags {
        let attributes: String = (0..20_000).map(one).collect();
        let page = format!("<html>\n<p {attributes}>办好社区食堂</p>");
        let files = [File { name: "a.html", bytes: page.as_bytes() }];
        let import = Import { files: &files, date: day(), meeting: None, themes: &[], parties: &[] };
        let found = read(&import).expect_err("refused").remove(0);
        assert_eq!(found.code, "import-endless-tag");
        assert!(found.message.en.contains("line 2"));
    }
    let script =
        format!("<html><script>if (a<b) {{ {} }}</script>{}", "x = 'y z'; ".repeat(2_000), &PAGE[15..]);
    assert_eq!(pieces(&read_bytes(script.as_bytes())).len(), 9);
}
