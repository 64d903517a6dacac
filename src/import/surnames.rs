//! Which characters Chinese surnames are: evidence that a short word is a name.

use crate::chinese::characters::is_han;

/// Surnames of one character, the common ones and those of the Hundred Family Surnames.
const SINGLE: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛\
奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计\
伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单\
杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景\
詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏\
柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯\
相查后荆红游竺权逯盖益桓公肖闫付代仝佟苟迟候原鹿邸芦邝麦莽牟楚阳仵展晋信海云岳揭矫战楼栗邰粟覃冼练卿涂区隋宾蹇税官贯逢操敬鹏占衣青闾缑佘但降商";

/// Surnames of two characters.
const DOUBLE: [&str; 30] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒", "令狐",
    "夏侯", "轩辕", "钟离", "闻人", "申屠", "太史", "呼延", "端木", "南宫", "独孤", "西门", "东郭", "百里",
    "澹台", "淳于", "单于", "拓跋",
];

/// Surnames that are written otherwise in Traditional characters.
const TRADITIONAL: &str = "趙錢孫鄭馮陳衛蔣韓楊許呂張嚴華謝鄒喻竇蘇魯韋馬鳳費賀湯羅畢鄔時傅齊顧黃蕭穆禹貝談龐紀項\
閔賈婁顏鍾駱萬盧莫經繆應單龔陸榮儲車侯寧厲龍葉賴喬陰聞黨譚貢勞邊莊閻連習魚廖鄧劉許關欒蘭藍簡饒鞏聶龐駱塗鄺鄥麥樓練岳";

/// Whether these characters can be surname and given name: 王伟, 彭富春, 欧阳锋.
pub(crate) fn begins_with_surname(name: &str) -> bool {
    let length = name.chars().count();
    if !name.chars().all(is_han) {
        return false;
    }
    if DOUBLE.iter().any(|surname| name.starts_with(surname)) {
        return (3..=4).contains(&length);
    }
    let single = |c: char| SINGLE.contains(c) || TRADITIONAL.contains(c);
    (2..=3).contains(&length) && name.chars().next().is_some_and(single)
}

#[cfg(test)]
mod tests {
    use super::begins_with_surname;

    #[test]
    fn names_and_words() {
        for name in ["王伟", "彭富春", "皮亚斌", "穆书芹", "欧阳锋", "欧阳明日", "曾萍", "陳建國"]
        {
            assert!(begins_with_surname(name), "{name}");
        }
        for word in ["欧阳", "丹增", "服务民生", "强化监管", "John", "王", ""] {
            assert!(!begins_with_surname(word), "{word}");
        }
    }
}
