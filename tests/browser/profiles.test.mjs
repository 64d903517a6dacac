// What the customs of Chinese public sites ask for, and where they are not followed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { attribute, named, text } from "./html.mjs";
import { pagesOf, repository } from "./site.mjs";

const GOV = `
[footer]
publisher = "武汉市人民政府办公厅"
operator = "武汉市大数据中心"
phone = "027-12345678"
copyright = "版权所有 武汉市人民政府"
icp = "鄂ICP备12345678号"
police = "鄂公网安备42010000000001号"
police_url = "https://beian.mps.gov.cn/#/query/webSearch?code=42010000000001"
site_code = "4201000000"
badge_url = "https://bszs.conac.cn/sitename?method=show&id=1"
badge = "/badge.png"
editor = "王编"
`;
const SPEECH = "/meetings/2025-01-09-plenary/03-xi-tong-ti-sheng-kai-fang-shu-niu-gong/";
const made = [];
after(() => made.forEach((root) => rmSync(root, { recursive: true })));

// The pages of the repository's site with a profile and more settings.
function built(profile, more) {
  const root = mkdtempSync(join(tmpdir(), "plenary-profile-"));
  made.push(root);
  cpSync(join(repository, "content"), join(root, "content"), { recursive: true });
  const settings = readFileSync(join(root, "content/site.toml"), "utf8").split("\n[[editions]]")[0];
  writeFileSync(join(root, "content/site.toml"), settings.replace(/^profile = .*$/m, `profile = "${profile}"`) + more);
  mkdirSync(join(root, "content/static"));
  writeFileSync(join(root, "content/static/badge.png"), "");
  execFileSync(process.env.PLENARY, ["check", "--root", root], { stdio: "pipe" });
  execFileSync(process.env.PLENARY, ["build", "--root", root], { stdio: "pipe" });
  return new Map(pagesOf(join(root, "public")).map((page) => [page.address, page]));
}

function tags(page) {
  const found = {};
  for (const meta of named(page.tree, "meta")) {
    const name = attribute(meta, "name");
    if (/^[A-Z]/.test(name || "")) found[name] = attribute(meta, "content");
  }
  return found;
}

const foot = (page) => named(page.tree, "footer").at(-1);
const links = (node) => named(node, "a").map((link) => attribute(link, "href"));

describe("a government's site", () => {
  const pages = built("gov", GOV);

  test("has the tags of the site on every page, those of lists and speeches on theirs", () => {
    for (const page of pages.values()) {
      if (page.kind === "redirect") continue;
      const { SiteName, SiteDomain, SiteIDCode } = tags(page);
      assert.deepEqual([SiteName, SiteDomain, SiteIDCode], ["武汉政协发言", "fayan.example", "4201000000"], page.address);
    }
    const theme = tags(pages.get("/themes/innovation/"));
    assert.equal(theme.ColumnName, "科技创新");
    assert.equal(theme.ColumnType, "主题");
    assert.match(theme.ColumnKeywords, /^科技创新,主题,发言$/);
    assert.ok(theme.ColumnDescription.length > 4);
    const speech = tags(pages.get(SPEECH));
    assert.equal(speech.ArticleTitle, "系统提升开放枢纽功能");
    assert.match(speech.PubDate, /^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    assert.equal(speech.Author, "黄芬");
    assert.equal(speech.Keywords, "对外开放");
    assert.equal(speech.Url, `https://fayan.example${SPEECH}`);
    assert.ok(speech.ColumnName && speech.ColumnType);
  });

  test("has the facts and marks in the foot of every page, and loads nothing from elsewhere for them", () => {
    for (const page of pages.values()) {
      if (page.kind === "redirect") continue;
      const said = text(foot(page));
      for (const fact of ["主办单位", "武汉市人民政府办公厅", "承办单位", "027-12345678", "版权所有", "网站标识码 4201000000", "隐私声明", "网站地图"]) {
        assert.ok(said.includes(fact), `${page.address} lacks ${fact}`);
      }
      const leads = links(foot(page));
      for (const to of ["https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/#/query/webSearch?code=42010000000001", "https://bszs.conac.cn/sitename?method=show&id=1"]) {
        assert.ok(leads.includes(to), `${page.address} does not lead to ${to}`);
      }
      const [badge] = named(foot(page), "img");
      assert.match(attribute(badge, "src"), /^(\.\.\/|\/)*badge\.png$/);
      assert.equal(attribute(badge, "alt"), "党政机关网站标识");
    }
  });

  test("says who edited a speech, and leads to the form for mistakes with the site's code and the page's address", () => {
    const page = pages.get(SPEECH);
    assert.match(text(named(page.tree, "main")[0]), /责任编辑 王编/);
    const form = new URL(links(named(page.tree, "main")[0]).find((link) => link.includes("jiucuo")));
    assert.equal(form.origin, "https://zfwzgl.www.gov.cn");
    assert.equal(form.searchParams.get("site_code"), "4201000000");
    assert.equal(form.searchParams.get("url"), `https://fayan.example${SPEECH}`);
  });
});

describe("other sites", () => {
  test("a consultative conference has the tags, with nothing required", () => {
    const page = built("cppcc", "").get(SPEECH);
    const { SiteName, SiteIDCode, ArticleTitle } = tags(page);
    assert.deepEqual([SiteName, SiteIDCode, ArticleTitle], ["武汉政协发言", undefined, "系统提升开放枢纽功能"]);
    assert.ok(!links(page.tree).some((link) => /jiucuo|conac/.test(link)));
  });

  test("any other site has none of them, and mistakes go where it says", () => {
    const page = built("none", "\n[footer]\nmistakes = \"mailto:fayan@example.cn\"\n").get(SPEECH);
    assert.deepEqual(tags(page), {});
    assert.ok(links(named(page.tree, "main")[0]).includes("mailto:fayan@example.cn"));
  });
});
