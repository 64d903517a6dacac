use proptest::prelude::*;

use super::Kind::{BankCard, Identity, Landline, Mobile};
use super::*;

fn found(text: &str) -> Vec<(Kind, String)> {
    find(text).into_iter().map(|number| (number.kind, text[number.span].to_owned())).collect()
}

#[test]
fn numbers_of_persons() {
    let table = [
        ("身份证号11010519491231002X。", Identity, "11010519491231002X"),
        ("身份证11010519491231002x，", Identity, "11010519491231002x"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", Identity, "１１０１０５１９４９１２３１００２Ｘ"),
        ("（110105 19491231 002X）", Identity, "110105 19491231 002X"),
        ("110105-1949-1231-002X", Identity, "110105-1949-1231-002X"),
        ("旧号130503670401001，", Identity, "130503670401001"),
        ("请致电13800138000联系", Mobile, "13800138000"),
        ("手机：138-0013-8000", Mobile, "138-0013-8000"),
        ("手机 138 0013 8000", Mobile, "138 0013 8000"),
        ("手机１３８００１３８０００", Mobile, "１３８００１３８０００"),
        ("+86 138 0013 8000", Mobile, "86 138 0013 8000"),
        ("+8613800138000", Mobile, "8613800138000"),
        ("008613800138000", Mobile, "008613800138000"),
        ("（+86）13800138000", Mobile, "86）13800138000"),
        ("Tel13800138000", Mobile, "13800138000"),
        ("[电话](tel:13800138000)", Mobile, "13800138000"),
        ("13800138000@139.example", Mobile, "13800138000"),
        ("2025-01-09 13800138000", Mobile, "13800138000"),
        ("138\u{200B}0013\u{200B}8000", Mobile, "138\u{200B}0013\u{200B}8000"),
        ("138**0013**8000", Mobile, "138**0013**8000"),
        ("电话027-82345678转8001", Landline, "027-82345678"),
        ("电话（027）82345678", Landline, "027）82345678"),
        ("电话02782345678", Landline, "02782345678"),
        ("电话 0717 623 4567", Landline, "0717 623 4567"),
        ("电话0717－6234567", Landline, "0717－6234567"),
        ("+86-27-8234 5678", Landline, "86-27-8234 5678"),
        ("卡号6222020000000000000", BankCard, "6222020000000000000"),
        ("卡号6222 0200 0000 0000 000", BankCard, "6222 0200 0000 0000 000"),
        ("4111 1111 1111 1111", BankCard, "4111 1111 1111 1111"),
        ("5500000000000004", BankCard, "5500000000000004"),
    ];
    for (text, kind, number) in table {
        assert_eq!(found(text), [(kind, number.to_owned())], "{text:?}");
    }
}

#[test]
fn several_numbers_side_by_side() {
    let expected = [(Mobile, "13800138000".to_owned()), (Landline, "027-82345678".to_owned())];
    for gap in ["/", "、", " ", ",", "，", "\n"] {
        assert_eq!(found(&format!("13800138000{gap}027-82345678")), expected, "{gap:?}");
    }
}

#[test]
fn other_numbers() {
    let table = [
        "拨打12345、110或400-810-0000，短信10086",
        "2024年1月9日，GDP 13.8万亿元，13800138000元，13800138000.50元",
        "占12345678.13800138000%",
        "统一社会信用代码124201004414123456",
        "身份证11010519491231002Y，110105194912310021，110105194902300028",
        "订单2013800138000号，138001380001，A13800138000，13800138000a",
        "6222020000000000001，7222020000000000000",
        "https://example.cn/t/13800138000.html [表](files/13800138000/a.pdf) ./13800138000.jpg",
        "鄂公网安备42010202001234号，电话 82345678，2024-2025 1500-2000",
        "138****8000，110105********002X",
        "1380013\n8000",
        "13000-150000",
        "",
    ];
    for text in table {
        assert_eq!(found(text), [], "{text:?}");
    }
}

#[test]
fn the_middle_is_hidden() {
    let text = "电话１３８ 0013 8000，证11010519491231002X";
    assert_eq!(masked(text), "电话１３８ **** 8000，证110***********002X");
    assert_eq!(masked("１３８００１３８０００"), "１３８＊＊＊＊８０００");
    assert_eq!(masked("没有号码 2025"), "没有号码 2025");
    assert_eq!(find(text)[0].masked(), "138****8000");
}

#[test]
fn public_numbers() {
    let public = ["027-82345678".to_owned(), "+86 138 0013 8000".to_owned()];
    for text in ["（027）8234 5678", "+86-27-82345678", "13800138000", "１３８－００１３－８０００"]
    {
        let numbers = find(text);
        assert!(numbers.len() == 1 && numbers[0].is_among(&public), "{text}: {numbers:?}");
    }
    assert!(!find("13900139000")[0].is_among(&public));
}

fn grouped(digits: &str, cuts: &[usize], gap: &str) -> String {
    let mut at = 0;
    let groups = cuts.iter().map(|count| {
        at += count;
        &digits[at - count..at]
    });
    groups.collect::<Vec<_>>().join(gap)
}

proptest! {
    #[test]
    fn every_mobile_number_is_found(number in "1[3-9][0-9]{9}", gap in "[ \\-－]", before in "[，：（ 话]", after in "[，。） 转]") {
        for written in [number.clone(), grouped(&number, &[3, 4, 4], &gap), format!("+86 {number}")] {
            let found = found(&format!("{before}{written}{after}"));
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].0, Mobile);
        }
    }

    #[test]
    fn every_identity_number_is_found(place in "[1-6][1-3][0-9]{4}", year in 1900..2026, month in 1..=12, day in 1..=28, order in 0..1000) {
        let digits = format!("{place}{year}{month:02}{day:02}{order:03}");
        let check = kinds::check_character(&digits).expect("digits");
        let number = format!("{digits}{check}");
        prop_assert_eq!(found(&format!("证{number}。")), [(Identity, number.clone())]);
        let wrong = if check == '1' { '2' } else { '1' };
        let identities = found(&format!("证{digits}{wrong}。")).into_iter().filter(|one| one.0 == Identity).count();
        prop_assert_eq!(identities, 0);
    }

    #[test]
    fn any_text_is_read_and_keeps_its_length(text in "([0-9０-９xX \\-（）*.\u{200B}汉/:]|86|138|https://){0,60}") {
        let numbers = find(&text);
        for pair in numbers.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        let hidden = masked(&text);
        prop_assert_eq!(hidden.len(), text.len());
        for number in numbers {
            prop_assert!(!hidden[number.span.clone()].contains(&text[number.span]));
        }
    }
}
