// The page our articles are measured beside: the same text, written as one would by hand into one
// file, with our inline CSS and without script. Served compressed, in one request.
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { phone } from './browser.mjs';

/** The article's text as the server sends it, read without running its scripts. */
async function read(browser, url) {
  const context = await phone(browser, { javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    const answer = await page.goto(url);
    if (answer.status() !== 200) throw new Error(`${url} answers ${answer.status()}`);
    return await page.evaluate(() => {
      const wanted = 'h1, h2, h3, p, li';
      // Navigation and notes are not the text; what holds other pieces is written as these.
      const text = [...document.querySelectorAll(`main :is(${wanted})`)].filter(
        (element) => !element.closest('nav, aside, [popover]') && !element.querySelector(wanted),
      );
      return {
        title: document.title,
        style: [...document.querySelectorAll('style')].map((style) => style.textContent).join(''),
        pieces: text.map((element) => {
          const copy = element.cloneNode(true);
          for (const surplus of copy.querySelectorAll('button.proof, a.anchor, svg')) surplus.remove();
          return { tag: element.localName, look: element.className, text: copy.textContent.replace(/\s+/g, ' ').trim() };
        }).filter(({ text }) => text),
      };
    });
  } finally {
    await context.close();
  }
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function written({ title, style, pieces }) {
  // Without its fonts there is nothing else to load.
  const css = style.replace(/@font-face\s*\{[^}]*\}/g, '');
  let body = '', list = false;
  for (const { tag, look, text } of pieces) {
    if ((tag === 'li') !== list) {
      body += list ? '</ul>' : '<ul>';
      list = !list;
    }
    body += `<${tag}${look ? ` class="${escaped(look)}"` : ''}>${escaped(text)}</${tag}>\n`;
  }
  if (list) body += '</ul>';
  return `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${css}</style></head>
<body><main><article class="wrap prose">
${body}</article></main></body></html>
`;
}

/** Serves such a page for each path of `origin`, from this process. */
export async function staticPages(browser, origin, paths) {
  const pages = new Map();
  for (const path of paths) {
    const article = await read(browser, origin + path);
    if (article.pieces.length < 10 || !article.pieces.some(({ tag }) => tag === 'h1')) {
      throw new Error(`${path} has no text to write a static page of`);
    }
    pages.set(path, brotliCompressSync(written(article)));
  }
  const server = createServer((request, response) => {
    const page = pages.get(request.url);
    response.writeHead(page ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8', 'content-length': page?.length ?? 0, ...(page && { 'content-encoding': 'br' }),
    });
    response.end(page);
  });
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.close(); server.closeAllConnections(); } };
}
