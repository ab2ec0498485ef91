//! The load generator, and what it prints.

use std::path::Path;
use std::process::Stdio;

use super::cores::{Cores, on_cores};
use crate::failure::{Failure, Outcome};
use crate::process;

/// Connections kept open at once.
pub const CONNECTIONS: usize = 32;

/// One stretch of load.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    pub requests: f64,
    pub per_second: f64,
    /// Milliseconds.
    pub p50: f64,
    pub p99: f64,
}

/// Loads `url` for some seconds, asking for brotli.
pub fn load(wrk: &Path, url: &str, seconds: u32) -> Outcome<Load> {
    let mut command = on_cores(wrk, Cores::Other);
    command
        .args(["--threads", "1", "--latency", "--timeout", "10s"])
        .args(["--connections", &CONNECTIONS.to_string(), "--duration", &format!("{seconds}s")])
        .args(["--header", "Accept-Encoding: br", url])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    let output = command.output().map_err(|error| process::not_started(&command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if let Some(trouble) = trouble(&text) {
        return Err(Failure::new(format!("{url} did not bear the load: {trouble}")));
    }
    read(&text).ok_or_else(|| Failure::new(format!("wrk on {url} said nothing usable: {text}")))
}

/// Refused connections and answers that are no success.
fn trouble(output: &str) -> Option<&str> {
    output
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with("Socket errors:") || line.starts_with("Non-2xx"))
}

fn read(output: &str) -> Option<Load> {
    let lines = || output.lines().map(str::trim);
    let percentile =
        |name: &str| lines().find_map(|line| milliseconds(line.strip_prefix(name)?.trim()));
    Some(Load {
        requests: lines()
            .find_map(|line| line.split_once(" requests in ")?.0.parse().ok())
            .filter(|requests| *requests > 0.0)?,
        per_second: lines()
            .find_map(|line| line.strip_prefix("Requests/sec:")?.trim().parse().ok())?,
        p50: percentile("50%")?,
        p99: percentile("99%")?,
    })
}

/// A time such as `635.00us`, `2.05ms` or `1.20s`.
fn milliseconds(time: &str) -> Option<f64> {
    let (number, factor) = [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)]
        .into_iter()
        .find_map(|(unit, factor)| Some((time.strip_suffix(unit)?, factor)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
Running 4s test @ http://127.0.0.1:40000/articles/x
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   701.91us  353.40us  11.49ms   93.78%
    Req/Sec    45.35k     3.04k   49.32k    82.50%
  Latency Distribution
     50%  650.00us
     75%  790.00us
     90%    0.97ms
     99%    1.74ms
  180571 requests in 4.00s, 3.62GB read
Requests/sec:  45130.77
Transfer/sec:      0.90GB
";

    #[test]
    fn the_figures_are_read_whatever_their_units() {
        let expected = Load { requests: 180_571.0, per_second: 45_130.77, p50: 0.65, p99: 1.74 };
        assert_eq!(read(OUTPUT), Some(expected));
        assert_eq!(milliseconds("1.20s"), Some(1200.0));
        assert_eq!(milliseconds("93.78%"), None);
    }

    #[test]
    fn errors_are_noticed() {
        assert_eq!(trouble(OUTPUT), None);
        let refused = OUTPUT.replace("Requests/sec", "  Non-2xx or 3xx responses: 7\nRequests/sec");
        assert_eq!(trouble(&refused), Some("Non-2xx or 3xx responses: 7"));
        let broken = "  Socket errors: connect 0, read 3, write 0, timeout 0";
        assert!(trouble(broken).is_some());
    }

    #[test]
    fn a_stretch_without_a_request_is_no_measure() {
        assert_eq!(read(&OUTPUT.replace("180571 requests", "0 requests")), None);
        assert_eq!(read(""), None);
    }
}
