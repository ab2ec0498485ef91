// What the measuring scripts share: their options, and a browser that reaches this machine only.
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

/** The options given as `--name value`, of which all named are needed. */
export function options(...names) {
  const { values } = parseArgs({
    options: Object.fromEntries(['playwright', 'chrome', ...names].map((name) => [name, { type: 'string' }])),
  });
  const missing = ['playwright', 'chrome', ...names].find((name) => !values[name]);
  if (missing) fail(`--${missing} is missing: \`cargo xtask bench\` gives it`);
  return values;
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export async function launch({ playwright, chrome }) {
  const { chromium } = await import(pathToFileURL(playwright).href);
  return chromium.launch({
    executablePath: chrome,
    timeout: 30_000,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--mute-audio',
      '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--disable-sync',
      // A name that is no loopback address leads nowhere: what a page asks of others is still seen.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1]',
    ],
  });
}

/** A small phone, as new: no cache, no storage. */
export function phone(browser, more = {}) {
  return browser.newContext({
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'fr-FR', ...more,
  });
}

/** The promise, or an error when it takes longer. */
export async function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
