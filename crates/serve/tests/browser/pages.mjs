// Opens the pages of a running server in Chromium, clicks through them, corrects a speaker and takes it back, and holds
// every page against an HTML checker and an accessibility checker. Arguments: address, browser, folder for screenshots.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const [base, executablePath, folder] = process.argv.slice(2);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// What a style guide asks for is not what a checker is for.
const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: { "no-trailing-whitespace": "off", "long-title": "off", "no-inline-style": "error", "tel-non-breaking": "off" },
});
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args: flags });
const problems = [];
const seen = new Set();

function watch(page) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${page.url()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
}

async function check(page, name, width, scheme) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`${name} at ${width}: ${wide} pixels wider than the window`);
  await page.evaluate(axe);
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), rules);
  for (const it of found.violations) problems.push(`${name} at ${width} (${scheme}): ${it.id}: ${it.nodes[0].html.slice(0, 200)}`);
  if (!seen.has(page.url())) {
    seen.add(page.url());
    const html = await (await fetch(page.url())).text();
    const report = await validator.validateString(html);
    for (const it of report.results.flatMap((result) => result.messages)) problems.push(`${name}: HTML ${it.line}:${it.column} ${it.ruleId}: ${it.message}`);
  }
  if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
}

// From the search to the passage, as a person goes.
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
watch(page);
await page.goto(base);
await page.keyboard.press("/");
await page.keyboard.type("grain deal");
await page.keyboard.press("Enter");
await page.waitForURL(/\/search/);
assert.ok((await page.locator(".hits > .row").count()) > 1, "the search finds reports");
await page.locator(".hits .title").first().click();
await page.waitForURL(/\/documents\//);
await page.locator(".crumb a").click();
await page.waitForURL(/\/stories\//);
const story = page.url();
await page.locator("#timeline a[href^='/happenings/']").first().click();
await page.waitForURL(/\/happenings\//);
const happening = page.url();
await page.locator(".cite").first().click();
await page.waitForURL(/record=/);
const passage = page.url();
assert.ok(await page.locator("mark.part").first().isVisible(), "the passage is marked");
assert.ok(await page.locator("#here").evaluate((it) => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), "and in sight");

// A speaker corrected, and back.
await page.goto(story);
await page.locator("details:has(#quotes) > summary").click();
await page.locator("#quotes .cite").first().click();
await page.waitForURL(/record=/);
await page.locator(".chosen a").first().click();
await page.waitForURL(/\/records\//);
const record = page.url();
const before = await page.locator("h1").innerText();
await page.locator("summary", { hasText: "Somebody else said it" }).click();
const other = await page.locator("#actors option").evaluateAll((all, heading) => all.find((it) => !heading.includes(it.textContent)).value, before);
await page.locator("input[name=speaker]").fill(other);
await page.getByRole("button", { name: "Correct the speaker" }).click();
await page.waitForURL(/done=/);
assert.match(await page.locator("[role=status]").innerText(), /^Corrected/);
assert.notEqual(await page.locator("h1").innerText(), before, "another speaker");
await check(page, "corrected", 1280, "light");
await page.getByRole("button", { name: "Undo" }).click();
await page.waitForLoadState();
assert.equal(await page.locator("h1").innerText(), before, "the speaker is back");
await page.close();

// Every kind of page, wide and narrow, light and dark.
const rows = async (view) => (await (await fetch(`${base}/api/v1/${view}`)).json()).rows;
const pages = { stories: base, story, happening, passage, record, search: `${base}/search?q=grain`, actors: `${base}/actors`, sources: `${base}/sources`, log: `${base}/log`, nowhere: `${base}/nowhere` };
const several = (await rows("quotes")).find((it) => it.quote && it.wordings.length);
if (several) pages.quote = `${base}/quotes/${several.quote}`;
const [agreement] = await rows("agreements");
if (agreement) pages.agreement = `${base}/records/${agreement.id}`;
const [position] = await rows("positions");
if (position) pages.position = `${base}/records/${position.position}`;
pages.actor = base + (await rows("actors"))[0].link;
pages.document = base + (await rows("documents"))[0].link;
pages.compare = `${story}/compare`;
pages.issues = `${story}/issues`;
pages.network = `${base}/network`;
pages.map = `${base}/map`;
pages.timeline = `${base}/timeline`;
pages.marks = `${base}/marks`;
const beside = (await rows("documents")).slice(0, 2).map((it) => `report=${it.id}`).join("&");
pages.beside = `${base}/side-by-side?of=${story.split("/").pop()}&${beside}`;
pages.cite = `${base}/cite/${story.split("/").pop()}`;
pages.month = `${base}/?since=2015-07&until=2015-08`;
pages.statements = `${base}/statements`;
pages.alone = `${base}/sources?story=none`;
pages.unknown = `${base}/search?q=grain&limit=x`;
for (const scheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme });
    const page = await context.newPage();
    watch(page);
    for (const [name, address] of Object.entries(pages)) {
      const answer = await page.goto(address);
      if (!["nowhere", "unknown"].includes(name)) assert.equal(answer.status(), 200, address);
      await check(page, name, width, scheme);
    }
    await context.close();
  }
}

// Without scripts, all of it is still there.
const plain = await browser.newContext({ javaScriptEnabled: false });
const still = await plain.newPage();
await still.goto(story);
assert.ok((await still.locator(".row").count()) > 5);
await browser.close();

// The page that is not there is told of in the console by the browser itself.
const real = problems.filter((it) => !it.includes("/nowhere: console") && !it.includes("limit=x: console"));
for (const it of real) console.error(it);
console.log(`${Object.keys(pages).length} pages, ${real.length} problems`);
process.exit(real.length ? 1 : 0);
