//! Commands of the program that are more than one call: a file each.

pub mod backup;
pub mod moderation;
pub mod practitioners;
