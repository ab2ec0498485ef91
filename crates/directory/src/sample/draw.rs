//! Draws that depend on nothing but a seed, an entry's number and the field they are for.

/// What a draw is for. The numbers decide the sample: changing one changes it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    Start = 0,
    Angle = 1,
    Radius = 2,
    Profession = 3,
    Speciality = 4,
    Name = 5,
    English = 6,
    Spanish = 7,
    Arabic = 8,
    German = 9,
    Portuguese = 10,
    SignedFrench = 11,
    Remote = 12,
    Access = 13,
    NewPatients = 14,
    Verified = 15,
    Day = 16,
    HasPhone = 17,
    Mobile = 18,
    Phone = 19,
}

/// The draws of one entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    state: u64,
}

impl Draw {
    /// Number 0 is the sample itself.
    pub(super) fn new(seed: u64, number: u32) -> Draw {
        Draw { state: splitmix64(splitmix64(seed).wrapping_add(number.into())) }
    }

    /// 0 to 2⁶⁴ - 1.
    pub(super) fn whole(self, field: Field) -> u64 {
        splitmix64(self.state.wrapping_add(field as u64))
    }

    /// 0 to `limit` - 1, each as likely but for one part in 2⁶⁴ / `limit`.
    pub(super) fn below(self, field: Field, limit: u64) -> u64 {
        let scaled = (u128::from(self.whole(field)) * u128::from(limit)) >> 64;
        // Less than `limit`: fits.
        u64::try_from(scaled).unwrap_or_default()
    }

    /// The place of one of `count` things.
    pub(super) fn index(self, field: Field, count: usize) -> usize {
        let limit = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(self.below(field, limit)).unwrap_or_default()
    }

    /// 0 to less than 1, in steps of 2⁻³².
    pub(super) fn fraction(self, field: Field) -> f64 {
        let upper = u32::try_from(self.whole(field) >> 32).unwrap_or_default();
        f64::from(upper) / 4_294_967_296.0
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), as in
/// `java.util.SplittableRandom`.
fn splitmix64(state: u64) -> u64 {
    let mut it = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix64_gives_its_published_numbers() {
        // The first output of the reference implementation with seed 0.
        assert_eq!(splitmix64(0), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn draws_stay_below_their_limit_and_differ_by_field_and_number() {
        let draw = Draw::new(1, 1);
        assert!((0..1000).all(|it| Draw::new(7, it).below(Field::Name, 12) < 12));
        assert!((0..1000).all(|it| (0.0..1.0).contains(&Draw::new(7, it).fraction(Field::Angle))));
        assert_ne!(draw.whole(Field::Name), draw.whole(Field::Access));
        assert_ne!(draw.whole(Field::Name), Draw::new(1, 2).whole(Field::Name));
        assert_ne!(draw.whole(Field::Name), Draw::new(2, 1).whole(Field::Name));
    }
}
