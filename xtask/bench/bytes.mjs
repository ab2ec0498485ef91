// What a first visit to a page loads, until the app has taken over and nothing more comes.
// Prints a line for each answer, `request URL bytes`, and `inline bytes` for the page's own style.
import { brotliCompressSync } from 'node:zlib';
import { fail, launch, options, pause, phone, within } from './browser.mjs';

const { origin, path, ...given } = options('origin', 'path');
const browser = await launch(given);

async function visit() {
  const context = await phone(browser);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const requests = new Map();
  let last = Date.now();
  const seen = (id, change) => {
    const request = requests.get(id);
    if (request) Object.assign(request, change(request));
    last = Date.now();
  };
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/^https?:/.test(request.url)) requests.set(requestId, { url: request.url, received: 0, length: null, open: true });
    last = Date.now();
  });
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const length = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1];
    seen(requestId, () => ({ length: length === undefined ? null : Number(length) }));
  });
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    seen(requestId, ({ received }) => ({ received: received + encodedDataLength }));
  });
  for (const event of ['Network.loadingFinished', 'Network.loadingFailed']) {
    cdp.on(event, ({ requestId }) => seen(requestId, () => ({ open: false })));
  }

  const answer = await page.goto(origin + path, { waitUntil: 'load' });
  if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
  await page.waitForSelector('html[data-hydrated]', { state: 'attached', timeout: 30_000 });
  while (Date.now() - last < 1_500 || [...requests.values()].some(({ open }) => open)) await pause(100);

  const inline = await page.evaluate(() => [...document.querySelectorAll('style')].map((style) => style.textContent).join(''));
  await context.close();
  const lines = [...requests.values()].map(({ url, length, received }) => `request\t${url}\t${length ?? received}`);
  lines.push(`inline\t${inline ? brotliCompressSync(inline).length : 0}`);
  return lines;
}

try {
  const lines = await within(60_000, `loading ${path}`, visit());
  process.stdout.write(`${lines.join('\n')}\n`);
  await browser.close();
} catch (error) {
  await browser.close();
  fail(`${path}: ${error.message.split('\n')[0]}`);
}
