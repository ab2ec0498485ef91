//! Processor time of a running process, as Linux counts it.

use std::fs;
use std::time::Duration;

use crate::failure::{Failure, Outcome};
use crate::process::answer;

/// Processor time so far, of all threads, in the program and in the system on its behalf.
pub fn processor_time(pid: u32) -> Outcome<Duration> {
    let path = format!("/proc/{pid}/stat");
    let text = fs::read_to_string(&path).map_err(|error| {
        Failure::new(format!(
            "{path} cannot be read ({error}): processor time is measured on Linux only, while the \
             server runs"
        ))
    })?;
    let ticks = ticks(&text)
        .ok_or_else(|| Failure::new(format!("{path} is not as expected: {}", text.trim())))?;
    let per_second = answer("getconf", &["CLK_TCK"]).and_then(|said| said.parse().ok());
    Ok(Duration::from_secs_f64(ticks as f64 / per_second.unwrap_or(100.0)))
}

/// `utime` and `stime` together from a line of `/proc/<pid>/stat`: the 14th and 15th field. The
/// second is the program's name, which may hold spaces and brackets itself.
fn ticks(stat: &str) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_are_found_whatever_the_program_is_called() {
        for name in ["nginx", "a (b) c", "x) S 1 2 3"] {
            let stat =
                format!("4242 ({name}) S 1 4242 4242 0 -1 4194560 900 0 3 0 120 34 0 0 20 0");
            assert_eq!(ticks(&stat), Some(154), "{name}");
        }
    }

    #[test]
    fn a_line_that_is_cut_short_gives_no_time() {
        assert_eq!(ticks("4242 (nginx) S 1 4242"), None);
        assert_eq!(ticks(""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_used_some_time_or_none_and_one_that_is_gone_fails() {
        assert!(processor_time(std::process::id()).is_ok());
        assert!(processor_time(u32::MAX).is_err());
    }
}
