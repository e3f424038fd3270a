// Debian's Chromium, and what every page is held to: no error on its console, and no violation that axe
// finds of WCAG 2.2 A and AA.

import { accessSync } from "node:fs";
import axe from "axe-core";
import { chromium } from "playwright-core";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A page of a fresh browser, and the troubles that were noticed on it since. */
export async function open() {
  accessSync(PATH);
  const browser = await chromium.launch({ executablePath: PATH, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  return { browser, page, troubles };
}

/** The rules of accessibility that the page breaks, with where. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}
