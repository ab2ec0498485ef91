//! What is asked of a message while too many come from everybody together.

use contract::{
    challenge::{BITS, Challenge},
    error::ProblemKind,
    receipt::Created,
    slug::Slug,
};

use crate::{
    clock,
    error::Refusal,
    people::{
        Envelope, Inner,
        message::Message,
        secrets::{self, hash},
    },
};

impl Inner {
    /// Asks for a little work while too much comes from everybody together, or for a wait where no script
    /// can work. Also of what was sent before: whether it was is asked of the database, which is to be
    /// spared. Returns the key that was paid under; none where nothing was asked for.
    pub(super) fn brake(&self, envelope: &Envelope) -> Result<Option<String>, Refusal> {
        let calm = envelope.calm.filter(|_| envelope.sender.is_known());
        let bits = calm.and_then(|it| self.flood.count(it, clock::instant()));
        let (now, proof) = (clock::now_ms(), envelope.proof.as_deref().unwrap_or_default());
        let mut keys = envelope.form_key.iter().chain(&envelope.key);
        // Also once the flood is over: what was paid for is the same message still.
        match (keys.find(|it| self.gate.is_paid(proof, it, now)), bits) {
            (Some(key), _) => Ok(Some(key.clone())),
            (None, Some(bits)) => Err(self.challenge(envelope.key.clone(), bits)),
            (None, None) => Ok(None),
        }
    }

    fn challenge(&self, key: Option<String>, bits: u8) -> Refusal {
        let key = key.unwrap_or_else(secrets::random);
        let puzzle = self.gate.puzzle(&key, bits, clock::now_ms());
        Refusal::challenged(Challenge { puzzle, key })
    }

    /// The same answer as the first time, if it has not been erased since. Something else `said`, and of
    /// what, under a key that was paid for once is another message, to be paid for; under a key that a
    /// program chose it is refused: the receipt may be somebody else's.
    pub(super) async fn created_before(
        &self,
        receipt: String,
        said: Option<(&Slug, &Message<'_>)>,
        envelope: &Envelope,
    ) -> Result<Created, Refusal> {
        let found = self.store.contribution_of(&hash(&receipt)).await?;
        let found = found.ok_or(ProblemKind::NotFound)?;
        if said.is_some_and(|(page, it)| !it.is_on(page, &found)) {
            if envelope.form_key.is_some() {
                return Err(self.challenge(None, *BITS.start()));
            }
            let detail = locale::text().problem_key_reused_detail().to_owned();
            return Err(Refusal::with_detail(ProblemKind::Invalid, detail));
        }
        Ok(Created { state: found.state, receipt })
    }
}
