// A corpus as documents: what both tools are given, word for word.
//
// A document is { title, date, meeting, meetingTitle, speaker, role, themes: [name…], paragraphs: [text…] }.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { pick, random } from "./random.mjs";

const PER_MEETING = 20;
const THEMES = [
  "人工智能", "低空经济", "乡村振兴", "生态环境", "民营经济", "对外开放", "文化旅游", "教育", "医疗卫生", "社会保障", "财政金融", "科技创新",
  "城市治理", "法治建设", "交通运输", "数字经济", "粮食安全", "就业与人才", "国防军队", "民族团结", "历史文化", "安全生产", "能源资源", "国际合作",
];
const SURNAMES = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘范彭鲁马方任袁柳唐薛雷贺汤罗郝安常于傅齐康余元顾孟黄萧姚汪毛戴宋熊纪舒项董梁杜阮蓝", "欧阳", "上官", "诸葛", "司马"];
const GIVEN = [..."安柏彬博昌晨诚春大德东恩帆方芳飞风刚高光国海涵航浩和红宏华辉慧佳家建健江杰洁金锦晶静军凯康乐黎力丽林玲龙璐美敏明铭娜宁培鹏平萍琪倩强青清庆秋然荣瑞山珊生胜世书淑思松涛天廷婷文武霞贤祥翔晓欣新兴秀旭雪雅岩艳洋阳瑶一怡毅英莹永勇宇雨玉元媛远月云志智中忠卓子"];
const ROLES = ["市政协委员", "市政协常委", "省政协委员", "研究院院长", "集团董事长", "大学教授", "区政协主席", "医院院长"];

// The repository's own speeches, or any folder laid out like its `content/`.
export function fromContent(folder) {
  const meetings = join(folder, "meetings");
  return readdirSync(meetings).sort().flatMap((meeting) => {
    const about = page(join(meetings, meeting, "_index.md")).matter;
    const files = readdirSync(join(meetings, meeting)).filter((file) => file.endsWith(".md") && file !== "_index.md").sort();
    return files.map((file) => {
      const { matter, body } = page(join(meetings, meeting, file));
      const speaker = matter.speaker || { name: "", roles: [] };
      return {
        title: clean(matter.title),
        date: iso(matter.date || about.date),
        meeting,
        meetingTitle: clean(about.title),
        speaker: speaker.name,
        role: (speaker.roles || []).join("、"),
        themes: matter.themes || [],
        paragraphs: body.split(/\n\s*\n/).map((text) => clean(text.replace(/^#+ /, "").replace(/\*\*/g, ""))).filter(Boolean),
      };
    });
  });
}

// Lines of { title, text }: the rest of a speech is drawn, the same in every run.
export function fromLines(file) {
  return readFileSync(file, "utf8").split("\n").filter(Boolean).map((line, number) => {
    const { title, text } = JSON.parse(line);
    return dressed(number, clean(title), text.split("\n").map(clean).filter(Boolean));
  });
}

// A text with the meeting, day, speaker and themes of document `number`; themes that its text names come first.
export function dressed(number, title, paragraphs) {
  const below = random(`dress ${number}`);
  const meeting = Math.floor(number / PER_MEETING);
  const text = paragraphs.join("\n");
  const named = THEMES.filter((theme) => text.includes(theme)).slice(0, 2);
  const day = new Date(Date.UTC(2000, 0, 9) + meeting * 18 * 86400000 % (9400 * 86400000));
  return {
    title: title || paragraphs[0].slice(0, 20),
    date: day.toISOString().slice(0, 10),
    meeting: `m${String(meeting + 1).padStart(5, "0")}`,
    meetingTitle: `第${meeting + 1}次全体会议`,
    speaker: person(random(`person ${below(1500)}`)),
    role: pick(below, ROLES),
    themes: named.length > 0 ? named : [pick(below, THEMES)],
    paragraphs: paragraphs.length > 0 ? paragraphs : [title],
  };
}

function person(below) {
  return pick(below, SURNAMES) + pick(below, GIVEN) + (below(4) > 0 ? pick(below, GIVEN) : "");
}

function page(file) {
  const [, matter, body] = /^\uFEFF?\+\+\+\r?\n([^]*?)\r?\n\+\+\+\r?\n?([^]*)$/.exec(readFileSync(file, "utf8"));
  return { matter: parse(matter), body };
}

const iso = (date) => (date instanceof Date ? date.toISOString() : String(date)).slice(0, 10);

// One line without control characters and with single blanks, so that no tool can read it differently.
function clean(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\s]+/gu, " ").trim();
}
