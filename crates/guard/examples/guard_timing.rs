//! How long a look takes, on plain text and on text made to be slow, the first one and one after a key
//! at its end; or, with a file of labelled
//! lines named, which of them the rules get wrong.
//!
//! `cargo run --release -p guard --example guard_timing`

use std::{env, error::Error, fs, hint::black_box, time::Instant};

use guard::{Guard, look};

const LENGTH: usize = 2_000;
const ROUNDS: u32 = 500;

/// Texts that are repeated up to [`LENGTH`] characters.
const TEXTS: [(&str, &str); 8] = [
    (
        "many words",
        "Ma fille de douze ans reçoit une perfusion toutes les quatre semaines depuis le printemps. Au \
         début, elle avait peur des aiguilles, puis une infirmière lui a montré un coussin froid. \
         L’école nous a beaucoup aidés : une chaise au premier rang, des devoirs envoyés le soir. Le \
         plus dur reste la fatigue du lendemain, que personne ne voit. Nous avons appris à garder ce \
         jour-là pour des jeux calmes. Mon mari note les températures dans un carnet bleu, et je note \
         les questions. À chaque rendez-vous, on commence par la liste. Une fois, nous avions oublié \
         de parler des maux de ventre, et il a fallu rappeler. Depuis, tout est écrit. Sa petite sœur \
         voudrait savoir pourquoi elle n’a pas le droit d’embrasser tout le monde en hiver. Je lui \
         dis que les défenses de son aînée travaillent autrement. Votre dessin des globules m’a \
         servi, elle l’a collé au mur. Il manque peut-être une page pour les frères et sœurs, avec \
         des mots simples. Les grands-parents, eux, lisent surtout les chiffres et s’inquiètent. \
         J’aimerais leur montrer ce qui est prouvé, ce qui ne l’est pas encore, et ce que les médecins \
         répondent honnêtement. Nous partons cet été à la mer ; l’hôpital nous a donné une lettre, \
         une glacière et deux adresses sur place. Si d’autres familles ont voyagé avec un traitement \
         au froid, leurs conseils seraient précieux. Comment passez-vous les contrôles à l’aéroport ? \
         Faut-il une ordonnance traduite ? Et que faire quand le vol a du retard ? Chez nous, le moral \
         tient grâce à la musique, aux crêpes et à un chien très patient. Merci d’écrire si \
         clairement, on se sent moins seuls. Bon courage à celles et ceux qui attendent un résultat \
         cette semaine. Hier, une dame de la salle d’attente m’a prêté son crayon et m’a raconté ses voyages. \
         Elle venait de loin, avec un panier de cerises et deux livres de poche. On oublie vite \
         que chacun porte sa petite histoire. Je reviendrai lire les commentaires dimanche, quand \
         la maison dormira. Si l’équipe passe par ici, qu’elle sache que son accueil compte \
         autant que les machines. ",
    ),
    (
        "a letter",
        "Bonjour, j’ai une polyarthrite depuis trois ans et je suis fatiguée. Mon rhumatologue, \
         le Dr Martin, m’a prescrit du méthotrexate, mais j’ai décidé d’arrêter mon traitement \
         sans en parler. Vous pouvez m’appeler au 06 12 34 56 78 ou m’écrire. ",
    ),
    ("beginnings", "j ai je vais j arrête mon médecin a arrêté le traitement sans "),
    ("no hope", "je ne veux plus vivre j ai plus envie de rien je pense à la mort sans "),
    ("digits", "1 85 07 75 123 456 06 12 "),
    ("signs", "a@@.(((,,,"),
    ("one word", "arretttrait"),
    ("titles", "Dr Pr Docteur Rue 12 "),
];

/// Prints what is missed (-) and what is found without a label (+).
fn explain(path: &str) -> Result<(), Box<dyn Error>> {
    let source = fs::read_to_string(path)?;
    for (labels, text) in source.lines().filter_map(|it| it.split_once('\t')) {
        let found = look(text);
        for label in labels.split(',').map(str::trim).filter(|it| *it != "none") {
            if found.iter().all(|it| it.kind.name() != label) {
                println!("- {label}: {text}");
            }
        }
        for it in found.iter().filter(|it| labels.split(',').all(|label| label != it.kind.name())) {
            println!("+ {} [{}] {text}", it.rule, &text[it.range.clone()]);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(path) = env::args().nth(1) {
        return explain(&path);
    }
    for (name, part) in TEXTS {
        let text: String = part.chars().cycle().take(LENGTH).collect();
        // Other work on the machine only adds to a time: the shortest says what a look costs.
        let round = |_| {
            let mut guard = Guard::default();
            [text.clone(), format!("{text}a")].map(|it| {
                let start = Instant::now();
                black_box(guard.look(black_box(&it)));
                start.elapsed().as_secs_f64() * 1e6
            })
        };
        let shortest = |a: [f64; 2], b: [f64; 2]| [a[0].min(b[0]), a[1].min(b[1])];
        let [first, key] = (0..ROUNDS).map(round).fold([f64::MAX; 2], shortest);
        println!("{name:12} {LENGTH} characters: {first:6.1} µs, one more {key:6.1} µs");
    }
    Ok(())
}
