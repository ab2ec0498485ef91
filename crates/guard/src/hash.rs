//! A number for the name of a feature, so that tables need not hold the name.

/// Bits of a number. Few enough that what lies between two numbers of the table is mostly a byte;
/// one name in a hundred has the number of a feature that weighs something, also while it is learned.
pub const BITS: u32 = 19;

/// The number of the name that `pieces` make together.
pub fn place(pieces: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in pieces.iter().flat_map(|it| it.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    // The last bytes of a name must reach all bits.
    hash = (hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 12;
    hash >> (32 - BITS)
}
