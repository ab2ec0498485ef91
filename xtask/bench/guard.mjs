// What a key costs whoever writes a long comment: the time of the page's scripts while it is pressed, when
// the draft is kept, and when the guard looks. Prints lines `key`, `draft`, `guard`, each with milliseconds of
// the processor, and of a clock on the wall; `bundle bytes`.
import { fail, launch, options, pause, within } from './browser.mjs';

const { origin, path, ...given } = options('origin', 'path');
const browser = await launch(given);

/** Characters in the field before anything is measured. */
const LENGTH = 2_000;
/** What is then typed: keys enough that one in a hundred is more than the slowest. */
const TYPED = 'Voilà, je relis tout cela ce soir et je vous écris la suite. Demain, ma voisine garde le chat et '
  + 'le courrier ; nous prendrons le train de neuf heures avec un sac chacun. On m’a promis une chambre qui '
  + 'donne sur les tilleuls, et du silence. ';
/** After the last key: longer than until the draft is kept, and from then on longer than the guard waits. */
const RESTS = { draft: 300, guard: 400 };

/** As somebody writes: no sentence twice. */
const SENTENCES = 'Ma fille de douze ans reçoit une perfusion toutes les quatre semaines depuis le printemps. Au début, '
  + 'elle avait peur des aiguilles, puis une infirmière lui a montré un coussin froid. L’école nous a '
  + 'beaucoup aidés : une chaise au premier rang, des devoirs envoyés le soir. Le plus dur reste la fatigue '
  + 'du lendemain, que personne ne voit. Nous avons appris à garder ce jour-là pour des jeux calmes. Mon mari '
  + 'note les températures dans un carnet bleu, et je note les questions. À chaque rendez-vous, on commence '
  + 'par la liste. Une fois, nous avions oublié de parler des maux de ventre, et il a fallu rappeler. Depuis, '
  + 'tout est écrit. Sa petite sœur voudrait savoir pourquoi elle n’a pas le droit d’embrasser tout le monde '
  + 'en hiver. Je lui dis que les défenses de son aînée travaillent autrement. Votre dessin des globules m’a '
  + 'servi, elle l’a collé au mur. Il manque peut-être une page pour les frères et sœurs, avec des mots '
  + 'simples. Les grands-parents, eux, lisent surtout les chiffres et s’inquiètent. J’aimerais leur montrer '
  + 'ce qui est prouvé, ce qui ne l’est pas encore, et ce que les médecins répondent honnêtement. Nous '
  + 'partons cet été à la mer ; l’hôpital nous a donné une lettre, une glacière et deux adresses sur place. '
  + 'Si d’autres familles ont voyagé avec un traitement au froid, leurs conseils seraient précieux. Comment '
  + 'passez-vous les contrôles à l’aéroport ? Faut-il une ordonnance traduite ? Et que faire quand le vol a '
  + 'du retard ? Chez nous, le moral tient grâce à la musique, aux crêpes et à un chien très patient. Merci '
  + 'd’écrire si clairement, on se sent moins seuls. Bon courage à celles et ceux qui attendent un résultat '
  + 'cette semaine. Hier, une dame de la salle d’attente m’a prêté son crayon et m’a raconté ses voyages. Elle venait de '
  + 'loin, avec un panier de cerises et deux livres de poche. On oublie vite que chacun porte sa petite '
  + 'histoire. Je reviendrai lire les commentaires dimanche, quand la maison dormira. Si l’équipe passe par '
  + 'ici, qu’elle sache que son accueil compte autant que les machines. ';

async function measure() {
  const page = await browser.newPage();
  // A clock on the wall also counts what other work on the machine takes: the processor's says what ours does.
  const clocks = [];
  for (const timeDomain of ['threadTicks', 'timeTicks']) {
    clocks.push(await page.context().newCDPSession(page));
    await clocks.at(-1).send('Performance.enable', { timeDomain });
  }
  const [cdp] = clocks;
  const answer = await page.goto(origin + path, { waitUntil: 'load' });
  if (answer.status() !== 200) throw new Error(`${path} answers ${answer.status()}`);
  await page.waitForSelector('html[data-hydrated]', { state: 'attached', timeout: 30_000 });
  const first = await loaded(page);
  const field = page.locator('#c-body');
  await field.click();
  await page.waitForSelector('html[data-writing]', { state: 'attached', timeout: 30_000 });
  const lines = [`bundle\t${await loaded(page) - first}`];
  await cdp.send('Input.insertText', { text: SENTENCES.slice(0, LENGTH) });
  await pause(3 * RESTS.guard);
  const scripts = () => Promise.all(clocks.map(async (clock) => {
    const { metrics } = await clock.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1_000;
  }));
  let before = await scripts();
  const note = async (name) => {
    const now = await scripts();
    lines.push([name, ...now.map((it, at) => it - before[at])].join('\t'));
    before = now;
  };
  for (const key of TYPED) {
    for (const type of ['keyDown', 'keyUp']) {
      await cdp.send('Input.dispatchKeyEvent', { type, key, text: type === 'keyDown' ? key : '' });
    }
    await note('key');
    for (const [name, rest] of Object.entries(RESTS)) {
      await pause(rest);
      await note(name);
    }
  }
  const typed = await field.inputValue();
  if (typed.length !== LENGTH + TYPED.length) throw new Error(`${typed.length} characters were typed`);
  return lines;
}

/** Bytes of all that was fetched by now, as sent. */
function loaded(page) {
  return page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, it) => sum + it.encodedBodySize, 0));
}

try {
  const lines = await within(300_000, `writing below ${path}`, measure());
  process.stdout.write(`${lines.join('\n')}\n`);
  await browser.close();
} catch (error) {
  await browser.close();
  fail(`${path}: ${error.message.split('\n')[0]}`);
}
