//! What somebody is typing, read in every way it may be meant, and the answers put in order.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::{Range, RangeInclusive},
};

use crate::{Country, Gazetteer, MAX_QUERY_CHARS, area::Fit, index, name, slip::Slip};

/// Words a département's name may have: Alpes-de-Haute-Provence.
const AREA_WORDS: usize = 4;

/// With fewer letters, a beginning with a typo fits about everything.
const TELLING_LETTERS: usize = 4;

/// Answers everybody reads.
const FIRST: usize = 3;

/// Whoever types the name of a city means it, and no village with a name like it.
const FAR_MORE: u32 = 10;

/// How good an answer is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Name,
    NameInArea,
    Beginning,
    BeginningInArea,
    /// The further word only begins the area's name.
    NameInPartOfArea,
    BeginningInPartOfArea,
    TypoInArea,
    Typo,
    TypoInPartOfArea,
    BeginningWithTypo,
}

/// What the words after the name, or a postal code before it, ask for.
enum Within {
    Everywhere,
    /// Whether each area is wanted, by its number.
    Areas(Fit, Vec<bool>),
    Postcodes(RangeInclusive<u32>),
}

impl Within {
    /// Tiers for a whole name and for a beginning, as typed and with a typo.
    fn tiers(&self, typo: bool) -> (Tier, Tier) {
        match (self, typo) {
            (Within::Everywhere, false) => (Tier::Name, Tier::Beginning),
            (Within::Everywhere, true) => (Tier::Typo, Tier::BeginningWithTypo),
            (Within::Areas(Fit::Part, _), false) => {
                (Tier::NameInPartOfArea, Tier::BeginningInPartOfArea)
            }
            (Within::Areas(Fit::Part, _), true) => {
                (Tier::TypoInPartOfArea, Tier::BeginningWithTypo)
            }
            (_, false) => (Tier::NameInArea, Tier::BeginningInArea),
            (_, true) => (Tier::TypoInArea, Tier::BeginningWithTypo),
        }
    }

    fn holds(&self, gazetteer: &Gazetteer, place: u32) -> bool {
        let at = place as usize;
        match self {
            Within::Everywhere => true,
            Within::Areas(_, wanted) => {
                let area = gazetteer.area_of.get(at).map(|it| usize::from(*it));
                area.and_then(|it| wanted.get(it)).is_some_and(|it| *it)
            }
            Within::Postcodes(codes) => {
                // With its whole postal code, the arrondissement is meant and not its city.
                let whole = codes.start() == codes.end();
                if whole && gazetteer.arrondissements.contains_key(&place) {
                    return false;
                }
                let own = gazetteer.places.get(at).map(|it| it.postcodes.as_slice());
                let mut own = own.unwrap_or_default().iter().filter_map(|it| it.parse().ok());
                own.any(|it: u32| codes.contains(&it))
            }
        }
    }
}

/// One way to read a query: a name, compact and not empty, and where it is.
struct Reading {
    name: Vec<u8>,
    /// The same with its accents.
    written: Vec<u8>,
    within: Within,
}

/// Numbers of places, best first.
pub(crate) fn search(gazetteer: &Gazetteer, query: &str, limit: usize) -> Vec<u32> {
    let query: String = query.chars().take(MAX_QUERY_CHARS).collect();
    let words = name::words(&query);
    if limit == 0 || words.is_empty() {
        return Vec::new();
    }
    if let Some(codes) = postcodes(&words.concat()) {
        let mut found = gazetteer.with_postcode(codes);
        found.truncate(limit);
        return found;
    }
    let written = name::written_words(&query);
    let readings = readings(gazetteer, &words, &written, query.ends_with(char::is_alphanumeric));
    let mut found = as_typed(gazetteer, &readings);
    // One beginning alone leaves two of the first three places to guesses as it is; with a further
    // word, those in its area come first among these.
    if 1 < found.len() || (found.len() == 1 && readings.len() == 1) {
        make_room_for_guesses(gazetteer, &readings, &mut found);
    }
    found.truncate(limit);
    let mut found: Vec<u32> = found.into_iter().map(|(_, place)| place).collect();
    if found.len() < limit {
        let known: BTreeSet<u32> = found.iter().copied().collect();
        let guesses = with_typo(gazetteer, &readings, true);
        let new = guesses.into_iter().map(|(_, place)| place).filter(|it| !known.contains(it));
        found.extend(new.take(limit - found.len()));
    }
    found
}

/// Lets the likeliest names with a typo in among the first three, where names as typed would take
/// these: a short name with a letter missing begins many others. Two come after the first, or one
/// third if fewer than [`TELLING_LETTERS`] are typed; none before an equal name, and none where an
/// equal name belongs to a far more populous place.
fn make_room_for_guesses(
    gazetteer: &Gazetteer,
    readings: &[Reading],
    found: &mut Vec<(Tier, u32)>,
) {
    let equal = found.iter().take_while(|it| it.0 <= Tier::NameInArea).count();
    // The first reading is the one that takes all words for the name.
    let letters = readings.first().map_or(0, |it| it.name.len());
    let kept = if letters < TELLING_LETTERS { FIRST - 1 } else { FIRST - 2 }.max(equal);
    if FIRST <= kept || letters < 3 {
        return;
    }
    let kept = kept.min(found.len());
    let people = |it: u32| gazetteer.place(it).map_or(0, |it| it.population);
    let equals = found.iter().take(equal).map(|it| people(it.1)).max().unwrap_or_default();
    let early: Vec<u32> = found.iter().take(kept).map(|it| it.1).collect();
    let guesses: Vec<(Tier, u32)> = with_typo(gazetteer, readings, false)
        .into_iter()
        .filter(|(tier, _)| *tier == Tier::Typo)
        .filter(|(_, it)| equals / FAR_MORE <= people(*it) && !early.contains(it))
        .take(FIRST - kept)
        .collect();
    found.retain(|(_, it)| !guesses.iter().any(|(_, guess)| guess == it));
    // A short beginning that hardly anybody means comes before no city: `Lyn` is Lyon before Lynde.
    let city = |guess: &(Tier, u32), first: &(Tier, u32)| {
        people(first.1).saturating_mul(FAR_MORE * FAR_MORE) <= people(guess.1)
    };
    let cities = guesses.iter().zip(found.first()).any(|(guess, first)| city(guess, first));
    found.splice(kept..kept, guesses);
    if equal == 0
        && letters <= TELLING_LETTERS
        && cities
        && let Some(among) = found.get_mut(..=kept)
    {
        among.rotate_right(1);
    }
}

/// The five-digit codes that begin with one to five digits.
pub(crate) fn postcodes(digits: &str) -> Option<RangeInclusive<u32>> {
    let plain = digits.bytes().all(|it| it.is_ascii_digit()) && digits.len() <= 5;
    let first: u32 = digits.parse().ok().filter(|_| plain)?;
    let span = 10_u32.pow(5 - u32::try_from(digits.len()).ok()?);
    Some(first * span..=first * span + span - 1)
}

fn readings(
    gazetteer: &Gazetteer,
    words: &[String],
    written: &[String],
    open: bool,
) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut add = |at: Range<usize>, within: Within| {
        let name = name::compact(&words[at.clone()]);
        readings.push(Reading { name, written: name::compact(&written[at]), within });
    };
    add(0..words.len(), Within::Everywhere);
    for count in 1..=AREA_WORDS.min(words.len() - 1) {
        let end = words.len() - count;
        let typed = name::compact_as_typed(&words[end..]);
        for fit in [Fit::Whole, Fit::Part] {
            let fits = |it: &crate::area::Area| it.fit(&typed) == Some(fit);
            let wanted: Vec<bool> = gazetteer.areas.iter().map(fits).collect();
            if wanted.contains(&true) {
                add(0..end, Within::Areas(fit, wanted));
            }
        }
    }
    // One digit is an arrondissement or a département, no beginning of a postal code.
    let code = |it: &String| postcodes(it).filter(|_| 2 <= it.len());
    if let [_, .., last] = words
        && let Some(codes) = code(last)
    {
        add(0..words.len() - 1, Within::Postcodes(codes));
    }
    if let [first, _, ..] = words
        && let Some(codes) = code(first)
    {
        add(1..words.len(), Within::Postcodes(codes));
    }
    if open && words.last().is_some_and(|it| it == "st" || it == "ste") {
        let name = name::compact_as_typed(words);
        readings.push(Reading { written: name.clone(), name, within: Within::Everywhere });
    }
    readings.retain(|it| !it.name.is_empty());
    readings
}

/// Best first, each place once.
fn as_typed(gazetteer: &Gazetteer, readings: &[Reading]) -> Vec<(Tier, u32)> {
    let mut hits = Vec::new();
    for Reading { name, within, .. } in readings {
        let (whole, beginning) = within.tiers(false);
        gazetteer.names.starting_with(name, |place, fit| {
            if within.holds(gazetteer, place) {
                hits.push((if fit.longer { beginning } else { whole }, place));
            }
        });
    }
    hits.sort_unstable();
    let mut seen = BTreeSet::new();
    hits.retain(|(_, place)| seen.insert(*place));
    hits
}

/// How unlikely it is that a place was meant. Sorts the more likely first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Doubt {
    /// How many odd things the name would leave unexplained.
    oddities: u8,
    /// Without its article, or the like.
    short: bool,
    /// Most of those who ask look for a place in France.
    abroad: bool,
    /// How many people live where it is called so, times how likely the slip is: a name that is
    /// a few times as likely comes first, unless far fewer people would look for it.
    likelihood: Reverse<u64>,
}

impl Doubt {
    /// `written` is what was typed, with its accents.
    fn of(gazetteer: &Gazetteer, place: u32, fit: index::Fit, written: &[u8]) -> Option<Doubt> {
        let it = gazetteer.place(place)?;
        let mut oddities = u8::from(matches!(fit.slip, Slip::OneOfMany(_)));
        let people = gazetteer.namesakes.get(place as usize).copied().unwrap_or_default();
        let mut likelihood = u64::from(people);
        if !fit.longer {
            likelihood *= fit.slip.chance().weight();
            match Accents::of(&it.name, written) {
                Accents::Same => likelihood *= u64::from(FAR_MORE),
                Accents::LeftOut => {}
                Accents::Others => oddities += 2,
            }
        }
        let abroad = it.country != Country::France;
        Some(Doubt { oddities, short: fit.short, abroad, likelihood: Reverse(likelihood) })
    }
}

/// How the accents typed fit a name that does so without regard to them.
enum Accents {
    /// Nothing but the one typo parts what was typed from the name as it is written.
    Same,
    /// Some are missing, as many people type.
    LeftOut,
    /// Some were typed that the name does not have, which takes an effort that few make in vain.
    Others,
}

impl Accents {
    fn of(name: &str, written: &[u8]) -> Accents {
        let words = name::written_words(name);
        let same = |it: &[String]| name::within_one_typo(&name::compact(it), written);
        let own = name::compact(&words);
        if same(&words) || name::without_article(&words).is_some_and(same) {
            Accents::Same
        } else if written.iter().all(|it| it.is_ascii() || own.contains(it)) {
            Accents::LeftOut
        } else {
            Accents::Others
        }
    }
}

/// Best first, each place once; without `beginnings`, only whole names.
fn with_typo(gazetteer: &Gazetteer, readings: &[Reading], beginnings: bool) -> Vec<(Tier, u32)> {
    let mut hits = Vec::new();
    for Reading { name, written, within } in readings.iter().filter(|it| 1 < it.name.len()) {
        let (whole, beginning) = within.tiers(true);
        let beginnings = beginnings && TELLING_LETTERS <= name.len();
        gazetteer.names.starting_nearly_with(name, beginnings, |place, fit| {
            if within.holds(gazetteer, place) {
                let tier = if fit.longer { beginning } else { whole };
                hits.push((tier, Doubt::of(gazetteer, place, fit, written), place));
            }
        });
    }
    hits.sort_unstable();
    let mut seen = BTreeSet::new();
    hits.retain(|(_, _, place)| seen.insert(*place));

    // Each name once before any name twice: which name was meant is the question after a typo,
    // and the many Saint-Aubin must not hide the only Saint-Auban.
    let mut times: BTreeMap<(Tier, &str), u32> = BTreeMap::new();
    let mut in_turn = Vec::with_capacity(hits.len());
    for (tier, _, place) in hits {
        let name = gazetteer.place(place).map(|it| it.name.as_str()).unwrap_or_default();
        let turn = times.entry((tier, name)).or_default();
        in_turn.push((tier, *turn, place));
        *turn += 1;
    }
    in_turn.sort_by_key(|(tier, turn, _)| (*tier, *turn));
    in_turn.into_iter().map(|(tier, _, place)| (tier, place)).collect()
}
