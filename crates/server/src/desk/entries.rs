//! The directory at the desk: found, written, taken out of sight. What is typed is read as a row of an
//! import would be, so that there is one set of rules.

use contract::{
    date::Date,
    desk::{
        Action, PER_PAGE, QueueItem, Recorded, Role, Who,
        entries::{DeskEntry, ENTRY_ITEM, EntryDraft},
    },
    error::{FieldError, Problem, ProblemKind},
    form::line,
    list::{Listing, last_page},
    receipt::Kind,
    slug::Slug,
};
use directory::import::{self, What};
use gazetteer::Gazetteer;
use search::fold::fold;
use store::{
    Store,
    directory::{Entry, Kept, Place, Saved},
    moderators::By,
};

use crate::{
    clock,
    desk::{Desk, item, permit, recorded, words},
    error::{Refusal, problem},
    people::secrets,
};

/// Tries to find a name for an entry that has none.
const TRIES: usize = 4;

/// What a row is read by, and where it comes from if it does not say so.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub gazetteer: &'static Gazetteer,
    pub source: &'a str,
    pub today: Date,
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of the name, the town, the postal code or the id; each of them must be there.
    pub q: String,
    /// Those that are archived, in place of the others.
    pub archived: bool,
    /// From 1; 0 is the first page too.
    pub page: u32,
}

/// All entries as they are looked for, of one version of the directory.
#[derive(Default)]
pub struct Places {
    version: Option<i64>,
    /// By name.
    all: Vec<(String, Slug, bool)>,
}

impl Places {
    /// Read again where the directory has changed, whoever did it.
    async fn now(&mut self, store: &Store) -> Result<&Places, Refusal> {
        if self.version != Some(store.directory_version().await?) {
            let (version, places) = store.places().await?;
            // A moment for a hundred thousand, which other requests should not wait for.
            let all = tokio::task::spawn_blocking(move || sorted(places)).await;
            self.all = all.map_err(|_| ProblemKind::Internal)?;
            self.version = Some(version);
        }
        Ok(self)
    }
}

fn sorted(places: Vec<Place>) -> Vec<(String, Slug, bool)> {
    let found = |it: Place| {
        let words = [&it.name, &it.town, &it.postcode, it.id.as_str(), &it.external_id].map(fold);
        (words.join("\n"), it.id, it.archived)
    };
    let mut all: Vec<_> = places.into_iter().map(found).collect();
    all.sort();
    all
}

/// An entry, and what somebody should look at.
#[derive(Clone, Debug)]
pub struct Written {
    pub entry: DeskEntry,
    pub doubts: Vec<FieldError>,
}

/// What is typed, read.
pub struct Checked {
    entry: Entry,
    pub doubts: Vec<FieldError>,
}

impl Checked {
    /// As it would be kept, written out.
    pub fn draft(&self) -> EntryDraft {
        EntryDraft::of(&self.entry.external_id, &self.entry.practitioner)
    }
}

/// Reads what is typed. What an import would leave empty or replace is refused here: whoever types can
/// mend it.
///
/// # Errors
///
/// One for each field that is wrong, in their order.
pub fn check(draft: &EntryDraft, rules: Rules<'_>) -> Result<Checked, Vec<FieldError>> {
    let (entry, problems) = import::read_one(draft, rules.gazetteer, rules.source, rules.today);
    let (doubts, errors): (Vec<_>, Vec<_>) = problems.into_iter().partition(|it| {
        use What::{CheckDigit, NotRpps, SamePractice, TownNotFound};
        matches!(it.what, CheckDigit | NotRpps | SamePractice { .. } | TownNotFound)
    });
    let told = |problems: Vec<import::Problem>| {
        let mut told: Vec<FieldError> = problems.iter().map(words::field_error).collect();
        let at = |it: &FieldError| EntryDraft::FIELDS.iter().position(|name| *name == it.field);
        told.sort_by_key(at);
        told
    };
    match entry {
        Some(it) if errors.is_empty() => {
            let import::Entry { external_id, practitioner } = it;
            Ok(Checked { entry: Entry { external_id, practitioner }, doubts: told(doubts) })
        }
        _ => Err(told(errors)),
    }
}

/// An entry as it is typed: a position that is its town's is left to the town.
pub fn typed(it: &DeskEntry, rules: Rules<'_>) -> EntryDraft {
    let whole = EntryDraft::of(&it.external_id, &it.practitioner);
    let bare = whole.clone().at_its_town();
    let same = |it: &Checked, other: &DeskEntry| {
        it.entry.practitioner.position == other.practitioner.position
    };
    if check(&bare, rules).is_ok_and(|read| same(&read, it)) { bare } else { whole }
}

impl Desk {
    /// One page of the directory, by name. A page after the last is the last.
    ///
    /// # Errors
    ///
    /// The role may not; the database.
    pub async fn entries(&self, role: Role, asked: &Asked) -> Result<Listing<DeskEntry>, Refusal> {
        permit(role, Action::Directory)?;
        let query = fold(&line(&asked.q));
        let words: Vec<&str> = query.split_whitespace().collect();
        let (ids, page, total) = {
            let mut places = self.places.lock().await;
            let all = &places.now(&self.store).await?.all;
            let fits = |it: &&(String, Slug, bool)| {
                it.2 == asked.archived && words.iter().all(|word| it.0.contains(word))
            };
            let found: Vec<&Slug> = all.iter().filter(fits).map(|it| &it.1).collect();
            let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
            let page = asked.page.clamp(1, last_page(total, PER_PAGE));
            let start = usize::try_from((page - 1) * PER_PAGE).unwrap_or(usize::MAX);
            let most = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
            let ids: Vec<Slug> = found.into_iter().skip(start).take(most).cloned().collect();
            (ids, page, total)
        };
        let mut found = self.store.entries(&ids).await?;
        let at = |it: &Kept| ids.iter().position(|id| *id == it.entry.practitioner.id);
        found.sort_by_key(at);
        let items = found.into_iter().map(shown).collect();
        Ok(Listing { items, page, per_page: PER_PAGE, total })
    }

    /// One entry, archived or not.
    ///
    /// # Errors
    ///
    /// The role may not; it is not there; the database.
    pub async fn entry(&self, role: Role, id: &Slug) -> Result<DeskEntry, Refusal> {
        permit(role, Action::Directory)?;
        Ok(shown(self.store.entry(id).await?.ok_or(ProblemKind::NotFound)?))
    }

    /// What was done to an entry, oldest first.
    ///
    /// # Errors
    ///
    /// The role may not; it is not there; the database.
    pub async fn entry_history(&self, role: Role, id: &Slug) -> Result<Vec<Recorded>, Refusal> {
        self.entry(role, id).await?;
        let lines = self.store.history_of(&format!("{ENTRY_ITEM}{id}")).await?;
        Ok(lines.into_iter().map(recorded).collect())
    }

    /// What readers reported of an entry that nobody has decided on, the oldest first.
    ///
    /// # Errors
    ///
    /// The role may not; the database.
    pub async fn reports(&self, role: Role, id: &Slug) -> Result<Vec<QueueItem>, Refusal> {
        permit(role, Action::See(Kind::Report))?;
        let found = self.store.waiting_about(Kind::Report, id).await?;
        Ok(found.into_iter().map(|it| item(it, |_, _| None)).collect())
    }

    /// Adds an entry. Without an external id it is named after its name and its town.
    ///
    /// # Errors
    ///
    /// The role may not; a field is wrong; another has the external id; the database.
    pub async fn add_entry(
        &self,
        who: &Who,
        draft: &EntryDraft,
        rules: Rules<'_>,
    ) -> Result<Written, Refusal> {
        permit(who.role, Action::Directory)?;
        let named = !line(&draft.external_id).is_empty();
        let stem = import::public_id(&format!("{} {}", draft.name, draft.town));
        let stem = stem.map_or_else(|| "fiche".to_owned(), |it| cut(it.as_str()));
        for attempt in 0..TRIES {
            let mut draft = draft.clone();
            if !named {
                draft.external_id.clone_from(&stem);
                if 0 < attempt {
                    let mark: String = secrets::random_id().chars().take(5).collect();
                    draft.external_id = format!("{stem}-{mark}");
                }
            }
            let Checked { entry, doubts } = check(&draft, rules).map_err(invalid)?;
            match self.store.add_entry(&entry, by(who)).await? {
                Saved::Done => {
                    let entry = self.entry(who.role, &entry.practitioner.id).await?;
                    return Ok(Written { entry, doubts });
                }
                _ if named => break,
                _ => {}
            }
        }
        Err(invalid(vec![FieldError {
            field: "external_id".to_owned(),
            code: "taken".to_owned(),
            message: locale::text().desk_entry_taken().to_owned(),
        }]))
    }

    /// Changes an entry that is as it was `seen`.
    ///
    /// # Errors
    ///
    /// The role may not; a field is wrong; somebody else has changed it; the database.
    pub async fn change_entry(
        &self,
        who: &Who,
        id: &Slug,
        seen: i64,
        draft: &EntryDraft,
        rules: Rules<'_>,
    ) -> Result<Written, Refusal> {
        let old = self.entry(who.role, id).await?;
        let draft = EntryDraft { external_id: old.external_id, ..draft.clone() };
        let Checked { entry, doubts } = check(&draft, rules).map_err(invalid)?;
        done(self.store.change_entry(id, seen, &entry, by(who)).await?)?;
        Ok(Written { entry: self.entry(who.role, id).await?, doubts })
    }

    /// Takes an entry that is as it was `seen` out of sight, or brings it back.
    ///
    /// # Errors
    ///
    /// The role may not; somebody else has changed it, or done the same; the database.
    pub async fn archive_entry(
        &self,
        who: &Who,
        id: &Slug,
        seen: i64,
        archive: bool,
    ) -> Result<DeskEntry, Refusal> {
        permit(who.role, Action::Directory)?;
        done(self.store.archive_entry(id, seen, archive, by(who)).await?)?;
        self.entry(who.role, id).await
    }
}

pub(super) fn by(who: &Who) -> By<'_> {
    By { actor: &who.name, now_ms: clock::now_ms() }
}

fn done(saved: Saved) -> Result<(), Refusal> {
    match saved {
        Saved::Done => Ok(()),
        Saved::Gone => Err(ProblemKind::NotFound.into()),
        Saved::Changed | Saved::Taken => {
            let detail = locale::text().desk_entry_changed().to_owned();
            Err(Refusal::with_detail(ProblemKind::Conflict, detail))
        }
    }
}

fn invalid(errors: Vec<FieldError>) -> Refusal {
    Problem { errors, ..problem(ProblemKind::Invalid) }.into()
}

/// Short enough that a mark may follow.
fn cut(id: &str) -> String {
    id.chars().take(60).collect::<String>().trim_end_matches('-').to_owned()
}

fn shown(it: Kept) -> DeskEntry {
    DeskEntry {
        external_id: it.entry.external_id,
        seen: it.seen,
        changed_ms: it.changed_ms,
        archived_ms: it.archived_ms,
        practitioner: it.entry.practitioner,
    }
}
