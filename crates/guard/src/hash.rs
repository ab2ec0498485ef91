//! A number for the name of a feature, so that tables need not hold the name.

/// Bits that tell in which part of the table a feature lies.
pub const PART_BITS: u32 = 10;

/// The part of the table, and the key within it, of the name that `pieces` make together.
pub fn place(pieces: &[&str]) -> (usize, u16) {
    let mut hash = 0x811c_9dc5_u32;
    for byte in pieces.iter().flat_map(|it| it.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    // The last bytes of a name must reach all bits.
    hash = (hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 12;
    ((hash >> (32 - PART_BITS)) as usize, hash as u16)
}
