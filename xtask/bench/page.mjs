// How soon a reader with a slow phone and network sees each page of ours, beside a static page with
// the same text. Prints lines `path side name value`, one for each figure of each run.
import { fail, launch, options, pause, phone, within } from './browser.mjs';
import { staticPages } from './static-page.mjs';

const { origin, paths: list, runs: wanted, ...given } = options('origin', 'paths', 'runs');
const paths = list.split(','), runs = Number(wanted);

const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const PROCESSOR = 4;
/** How long after hydration a page may still block. */
const AFTER = 5_000;

/** Runs in the page before anything of its own. */
function watch() {
  const seen = { fcp: null, lcp: null, element: '', cls: 0, long: [], hydrated: null };
  window.measured = seen;
  const observe = (type, each) => {
    new PerformanceObserver((entries) => entries.getEntries().forEach(each)).observe({ type, buffered: true });
  };
  observe('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime; });
  observe('largest-contentful-paint', (entry) => {
    seen.lcp = entry.startTime;
    seen.element = entry.element ? `${entry.element.localName}.${entry.element.className}` : '';
  });
  observe('longtask', (entry) => seen.long.push([entry.startTime, entry.duration]));
  observe('mark', (entry) => { if (entry.name === 'hydrated') seen.hydrated = entry.startTime; });
  // The worst run of shifts less than a second apart, five seconds at most, as CLS is defined. Shifts
  // soon after input count too: nobody touches the page, but giving it a phone's size looks like that.
  let first = 0, last = 0, sum = 0;
  observe('layout-shift', ({ startTime, value }) => {
    const same = sum && startTime - last < 1_000 && startTime - first < 5_000;
    if (!same) { first = startTime; sum = 0; }
    sum += value;
    last = startTime;
    seen.cls = Math.max(seen.cls, sum);
  });
}

async function load(browser, url, ours) {
  const context = await phone(browser);
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await cdp.send('Network.emulateNetworkConditions', NETWORK);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR });
    await page.addInitScript(watch);
    const answer = await page.goto(url, { waitUntil: 'load', timeout: 60_000 });
    if (answer.status() !== 200) throw new Error(`${url} answers ${answer.status()}`);
    // Asked of the browser itself: `page.evaluate` would first run a script of Playwright's own in
    // the page, which on so slow a processor is a long task and would be counted as the page's.
    const ask = async (expression) => {
      const { result } = await cdp.send('Runtime.evaluate', { expression: `JSON.stringify(${expression})` });
      return JSON.parse(result.value);
    };
    const figures = () => ask(`{
      ...window.measured,
      elements: document.getElementsByTagName('*').length,
      bytes: performance.getEntriesByType('navigation')[0].encodedBodySize,
    }`);
    if (!ours) {
      await pause(1_000);
      return await figures();
    }
    for (;;) {
      const [hydrated, now] = await ask('[window.measured.hydrated, performance.now()]');
      if (hydrated !== null && now > hydrated + AFTER) return await figures();
      if (now > 60_000) throw new Error(`${url} is not hydrated after a minute`);
      await pause(500);
    }
  } finally {
    await context.close();
  }
}

/** What long tasks take beyond 50 ms, from the first paint to some time after hydration. */
function blocking({ fcp, long, hydrated }) {
  const end = hydrated === null ? Infinity : hydrated + AFTER;
  return long
    .filter(([start, duration]) => start + duration > fcp && start < end)
    .reduce((sum, [start, duration]) => sum + Math.max(0, start + duration - Math.max(start, fcp) - 50), 0);
}

const browser = await launch(given);
let pages;
try {
  pages = await staticPages(browser, origin, paths);
  for (let run = 0; run < runs; run++) {
    for (const path of paths) {
      const sides = [['ours', origin], ['static', pages.origin]];
      const told = [];
      for (const [side, at] of run % 2 ? sides.reverse() : sides) {
        const seen = await within(90_000, `loading ${at}${path}`, load(browser, at + path, side === 'ours'));
        if (seen.fcp === null || seen.lcp === null) throw new Error(`${at}${path} painted nothing`);
        const figures = { ...seen, blocking: blocking(seen) };
        for (const name of ['fcp', 'lcp', 'cls', 'blocking', 'hydrated', 'elements', 'bytes']) {
          if (figures[name] !== null) process.stdout.write(`${path}\t${side}\t${name}\t${figures[name]}\n`);
        }
        told.push(`${side} ${Math.round(seen.lcp)} ms (${seen.element})`);
      }
      process.stderr.write(`  ${path}, run ${run + 1} of ${runs}: largest paint ${told.join(', ')}\n`);
    }
  }
  pages.close();
  await browser.close();
} catch (error) {
  pages?.close();
  await browser.close();
  fail(error.message.split('\n')[0]);
}
