//! Reading versions: from what tools answer to `--version`, and from Cargo.lock.

/// The version in an answer such as `trunk 0.21.14` or `Chromium 150.0.1 built on Debian`.
pub fn version_in(answer: &str) -> Option<&str> {
    answer
        .split_whitespace()
        .map(|word| word.strip_prefix('v').unwrap_or(word))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(|word| word.trim_end_matches([',', ';', ')']))
}

/// The first number of a version.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// Whether a version is `minimum` (major, minor) or later.
pub fn at_least(version: &str, minimum: (u32, u32)) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), minor) => (major, minor.unwrap_or(0)) >= minimum,
        _ => false,
    }
}

/// The version of `package` in the text of a Cargo.lock.
///
/// The format is TOML, but cargo writes it, always one key a line: no TOML reader is needed.
pub fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if value(line, "name") == Some(package) {
            return lines.next().and_then(|next| value(next, "version"));
        }
    }
    None
}

/// `0.2` from a line `key = "0.2"`.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_what_each_tool_answers() {
        for (answer, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-bindgen 0.2.130 (abcdef012)", "0.2.130"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("rustc 1.95.0 (59807616e 2026-04-14)", "1.95.0"),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", "156.0.8078.79"),
            ("Google Chrome 150.0.7000.1 ", "150.0.7000.1"),
            ("ChromeDriver 156.0.8078.79 (a21ce95c24ce-refs/branch)", "156.0.8078.79"),
            ("v20.20.2", "20.20.2"),
            ("0.28.2", "0.28.2"),
        ] {
            assert_eq!(version_in(answer), Some(version), "{answer}");
        }
    }

    #[test]
    fn a_pre_release_is_not_mistaken_for_the_release() {
        assert_eq!(version_in("trunk 0.21.14-beta.1"), Some("0.21.14-beta.1"));
    }

    #[test]
    fn an_answer_without_a_version_gives_none() {
        assert_eq!(version_in(""), None);
        assert_eq!(version_in("command not found"), None);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(at_least("1.95.0", (1, 95)));
        assert!(at_least("1.100.0-nightly", (1, 95)));
        assert!(at_least("2.0.0", (1, 95)));
        assert!(!at_least("1.9.0", (1, 95)));
        assert!(!at_least("unknown", (1, 95)));
    }

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major("132"), Some(132));
        assert_eq!(major("x.1"), None);
    }

    const LOCK: &str = "version = 4\n\n\
        [[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";

    #[test]
    fn the_locked_version_is_that_of_the_package_with_that_very_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.9"));
    }

    #[test]
    fn a_package_outside_the_lock_has_no_version() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }
}
