//! How long the moderators' search takes over 100,000 items, in memory and as the database would scan:
//! `cargo run --release -p store --example desk_search` (SQLite), with `DATABASE_URL` (PostgreSQL).
//!
//! A question counts whole: what has changed since is read, the index is asked, the items of one page
//! are fetched.

use std::time::{Duration, Instant};

use contract::{
    desk::{PER_PAGE, Question},
    receipt::Kind,
    slug::Slug,
};
use sqlx::{AnyConnection, Connection};
use store::{Address, Store, index::Followed};

const ITEMS: u32 = 100_000;
const QUESTIONS: u32 = 1_000;

/// Words of which texts are made, from frequent to rare.
const WORDS: [&str; 16] = [
    "bonjour",
    "merci",
    "pour",
    "votre",
    "page",
    "mon",
    "traitement",
    "depuis",
    "médecin",
    "fatigue",
    "fièvre",
    "immunité",
    "enfant",
    "allergie",
    "cellules",
    "hôpital",
];

/// The same numbers each time (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Frequent words more often; one in forty is a number that is nowhere else.
    fn word(&mut self) -> String {
        if self.below(40) == 0 {
            return format!("mot{}", self.below(1_000_000));
        }
        let (one, other) = (self.below(16), self.below(16));
        let at = usize::try_from(one.min(other)).unwrap_or(0);
        WORDS[at].to_owned()
    }
}

/// In one transaction, which the store itself has no use for.
async fn fill(connection: &mut AnyConnection, dice: &mut Dice) -> Result<u64, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    let mut bytes = 0;
    for number in 0..ITEMS {
        let words: Vec<String> = (0..20 + dice.below(90)).map(|_| dice.word()).collect();
        let body = words.join(" ");
        bytes += u64::try_from(body.len()).unwrap_or(0);
        sqlx::query(
            "INSERT INTO contributions (id, kind, state, page, parent, name, body, institute, \
             findings, held, created_at, changed_at, receipt, change) \
             VALUES ($1, $2, 'pending', 'cellules-car-t', '', $3, $4, 0, '', 0, $5, $5, $1, $5)",
        )
        .bind(format!("n{number}"))
        .bind(Kind::ALL[usize::try_from(dice.below(2)).unwrap_or(0)].name())
        .bind(format!("Lectrice {number}"))
        .bind(&body)
        .bind(i64::from(number))
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query("UPDATE contributions_state SET changes = $1")
        .bind(i64::from(ITEMS))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(bytes)
}

/// Frequent and rare words, one or two, parts of words, what is nowhere.
fn question(dice: &mut Dice, at: u32) -> String {
    match at % 6 {
        0 => dice.word(),
        1 => format!("{} {}", dice.word(), dice.word()),
        2 => format!("mot{}", dice.below(1_000_000)),
        3 => format!("{} lectrice {}", dice.word(), dice.below(100_000)),
        4 => "introuvable".to_owned(),
        _ => dice.word().chars().skip(1).take(4).collect(),
    }
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{name}: p50 {:?}, p99 {:?}, most {:?}", at(50), at(99), at(100));
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let address = match std::env::var("DATABASE_URL") {
        Ok(url) => url.parse().map_err(|error: store::StoreError| error.to_string())?,
        Err(_) => Address::in_folder(folder.path()),
    };
    let store = Store::open(&address).await.map_err(|error| error.to_string())?;
    let mut dice = Dice(7);
    let mut connection =
        AnyConnection::connect(&address.to_string()).await.map_err(|error| error.to_string())?;
    let bytes = fill(&mut connection, &mut dice).await.map_err(|error| error.to_string())?;
    println!("{ITEMS} items, {} MB of text", bytes / 1_000_000);

    let mut followed = Followed::default();
    let start = Instant::now();
    followed.now(&store).await.map_err(|error| error.to_string())?;
    println!("read the first time: {:?}", start.elapsed());

    let (mut times, mut asked) = (Vec::new(), Vec::new());
    for at in 0..QUESTIONS {
        let question = Question { q: question(&mut dice, at), ..Question::default() };
        let start = Instant::now();
        let index = followed.now(&store).await.map_err(|error| error.to_string())?;
        let own = Instant::now();
        let found = index.find(&question, &Kind::ALL);
        asked.push(own.elapsed());
        let page: Vec<Slug> =
            found.into_iter().take(usize::try_from(PER_PAGE).unwrap_or(0)).cloned().collect();
        store.contributions(&page).await.map_err(|error| error.to_string())?;
        times.push(start.elapsed());
    }
    print("in memory", times);
    print("of which the index", asked);

    // What a plain scan would take: the texts are not even folded here.
    let mut times = Vec::new();
    for at in 0..60 {
        let words = question(&mut dice, at);
        let start = Instant::now();
        sqlx::query(
            "SELECT id, name, body FROM contributions WHERE state = 'pending' AND held = 0 \
             AND body LIKE $1 ORDER BY created_at, id LIMIT 25",
        )
        .bind(format!("%{}%", words.replace(' ', "%")))
        .fetch_all(&mut connection)
        .await
        .map_err(|error| error.to_string())?;
        times.push(start.elapsed());
    }
    print("scanned by the database", times);
    Ok(())
}
