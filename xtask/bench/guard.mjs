// What a key costs whoever writes a long comment: the time of the page's scripts while it is pressed, and
// of what follows when the writer rests. Prints lines `key ms`, `guard ms`, `bundle bytes`.
import { fail, launch, options, pause, within } from './browser.mjs';

const { origin, path, ...given } = options('origin', 'path');
const browser = await launch(given);

/** Characters in the field before anything is measured, and keys pressed. */
const LENGTH = 2_000, KEYS = 60;
/** Longer than the guard waits after the last key. */
const REST = 900;

const SENTENCES = 'Bonjour, j’ai lu cette page avant ma consultation et je voulais vous remercier. Depuis le '
  + 'début du traitement, je suis souvent fatiguée, surtout le soir, et mon médecin m’a conseillé de noter '
  + 'ce que je ressens. Est-ce que d’autres personnes ont connu cela au bout de trois semaines ? ';

async function measure() {
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const answer = await page.goto(origin + path, { waitUntil: 'load' });
  if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
  await page.waitForSelector('html[data-hydrated]', { state: 'attached', timeout: 30_000 });
  const before = await loaded(page);
  const field = page.locator('#c-body');
  await field.click();
  await page.waitForSelector('html[data-writing]', { state: 'attached', timeout: 30_000 });
  const lines = [`bundle\t${await loaded(page) - before}`];
  await cdp.send('Input.insertText', { text: SENTENCES.repeat(20).slice(0, LENGTH) });
  await pause(2 * REST);
  const scripts = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1_000;
  };
  for (let at = 0; at < KEYS; at++) {
    const start = await scripts();
    const key = 'abcdefghij'[at % 10];
    for (const type of ['keyDown', 'keyUp']) {
      await cdp.send('Input.dispatchKeyEvent', { type, key, text: type === 'keyDown' ? key : '' });
    }
    const pressed = await scripts();
    await pause(REST);
    const rested = await scripts();
    lines.push(`key\t${pressed - start}`, `guard\t${rested - pressed}`);
  }
  const typed = await field.inputValue();
  if (typed.length !== LENGTH + KEYS) throw new Error(`${typed.length} characters were typed`);
  return lines;
}

/** Bytes of all that was fetched by now, as sent. */
function loaded(page) {
  return page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, it) => sum + it.encodedBodySize, 0));
}

try {
  const lines = await within(240_000, `writing below ${path}`, measure());
  process.stdout.write(`${lines.join('\n')}\n`);
  await browser.close();
} catch (error) {
  await browser.close();
  fail(`${path}: ${error.message.split('\n')[0]}`);
}
