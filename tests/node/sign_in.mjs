// Walks a printed link with a real browser: password, signing in, second factor, signing out. Prints the
// secret of the second factor as a line and reads the code for it, since only the caller knows the time
// of the server; then prints what each page said as JSON. Usage: node sign_in.mjs LINK NAME PASSWORD

import { createInterface } from "node:readline";
import { open, violations } from "./browser.mjs";

const [link, name, password] = process.argv.slice(2);
const { browser, page, troubles } = await open();
const pages = [];

async function look() {
  pages.push({
    path: new URL(page.url()).pathname,
    title: await page.title(),
    text: await page.innerText("main"),
    violations: await violations(page),
  });
}

/** The next line of standard input. */
async function line() {
  const input = createInterface({ input: process.stdin });
  for await (const text of input) {
    input.close();
    return text;
  }
  throw new Error("no code was given");
}

async function submit(button) {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.waitForLoadState();
  await look();
}

try {
  await page.goto(link);
  await look();
  await page.getByLabel("New password").fill(password);
  await submit("Set the password");

  await page.getByRole("link", { name: "Sign in" }).click();
  await look();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await submit("Sign in");

  await submit("Set up a second factor");
  console.log(await page.locator("code").first().innerText());
  await page.getByLabel("The code that it shows now").fill(await line());
  await submit("Confirm");

  await submit("Sign out");
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pages, troubles }));
