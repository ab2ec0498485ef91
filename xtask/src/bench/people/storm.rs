//! Comments by the thousand, also while the server is killed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::super::ARTICLE;
use super::super::client::Client;
use super::super::draw::Draw;
use super::super::server::Server;
use super::site::{DIGITS, MARK, Site};
use crate::failure::{Failure, Outcome};

/// Connections that send.
const WORKERS: usize = 12;
/// Comments of one sender: one more than the server takes of one would be refused.
const OF_ONE: usize = 8;
/// How long one comment may be tried.
const PATIENCE: Duration = Duration::from_secs(120);

/// Words of which texts are made, from frequent to rare.
const WORDS: [&str; 16] = [
    "bonjour",
    "merci",
    "pour",
    "votre",
    "page",
    "mon",
    "traitement",
    "depuis",
    "médecin",
    "fatigue",
    "fièvre",
    "immunité",
    "enfant",
    "allergie",
    "cellules",
    "hôpital",
];

/// Frequent words more often; one in forty is a number that is nowhere else.
fn word(draw: &mut Draw) -> String {
    if draw.below(40) == 0 {
        return format!("mot{}", draw.below(1_000_000));
    }
    let at = draw.below(16).min(draw.below(16));
    usize::try_from(at).ok().and_then(|at| WORDS.get(at)).copied().unwrap_or_default().to_owned()
}

/// Frequent and rare words, one or two, parts of words, what is nowhere.
pub fn question(draw: &mut Draw, at: usize) -> String {
    let words = match at % 5 {
        0 => word(draw),
        1 => format!("{} {}", word(draw), word(draw)),
        2 => format!("mot{}", draw.below(1_000_000)),
        3 => "introuvable".to_owned(),
        _ => word(draw).chars().skip(1).take(4).collect(),
    };
    // As an address takes them: the desk folds accents away.
    words.replace(['é', 'è'], "e").replace('ô', "o")
}

/// Sends the comment of a number, the same every time. Returns the status.
pub fn send(client: &mut Client, number: usize) -> Outcome<u16> {
    let mut draw = Draw(number as u64);
    let words: Vec<String> = (0..20 + draw.below(90)).map(|_| word(&mut draw)).collect();
    let json = format!(
        "{{\"name\":\"{MARK}{number:0DIGITS$}\",\"body\":\"{}\",\"consent\":true}}",
        words.join(" ")
    );
    let sender = number / OF_ONE;
    let headers = format!(
        "x-forwarded-for: 10.{}.{}.{}\r\nidempotency-key: bench-people-{number:012}\r\n",
        sender >> 16 & 255,
        sender >> 8 & 255,
        sender & 255
    );
    client.send("POST", &format!("/api/v1{ARTICLE}/comments"), &headers, &json).map(|it| it.status)
}

/// Sends so many, and fails where one is not taken.
pub fn send_all(server: &Server, count: usize) -> Outcome<()> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let sent = || -> Outcome<()> {
                    let mut client = server.client()?;
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if count <= number {
                            return Ok(());
                        }
                        let status = send(&mut client, number)?;
                        if status != 201 {
                            return Err(Failure::new(format!("a comment is answered {status}")));
                        }
                    }
                };
                if let (Err(error), Ok(mut failure)) = (sent(), failure.lock()) {
                    *failure = Some(error);
                }
            });
        }
    });
    failure.into_inner().ok().flatten().map_or(Ok(()), Err)
}

/// Sends so many while the server is killed so often, each until it is acknowledged. Returns how often
/// it was killed.
pub fn rage(site: &Site, count: usize, kills: usize) -> Outcome<usize> {
    let (next, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = AtomicUsize::new(0);
    // Killed when so many were taken: moments that depend on nothing the server does.
    let mut draw = Draw(17);
    let mut moments: Vec<usize> = (0..kills)
        .map(|_| usize::try_from(draw.below(count as u64 - 1)).unwrap_or_default())
        .collect();
    moments.sort_unstable();
    let mut server = Some(site.start()?);
    let address = server.as_ref().map(|it| it.address).ok_or_else(|| Failure::new("no server"))?;
    let mut killed = 0;
    let outcome = std::thread::scope(|scope| -> Outcome<()> {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let mut client = None;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if count <= number {
                        return;
                    }
                    let begun = Instant::now();
                    loop {
                        if PATIENCE < begun.elapsed() {
                            failed.fetch_add(1, Ordering::Relaxed);
                            break;
                        }
                        if client.is_none() {
                            client = Client::connect(address).ok();
                        }
                        let answer = client.as_mut().map(|it| send(it, number));
                        match answer {
                            Some(Ok(201)) => {
                                taken.fetch_add(1, Ordering::Relaxed);
                                break;
                            }
                            // It says that it cannot now.
                            Some(Ok(_)) => std::thread::sleep(Duration::from_millis(20)),
                            // Gone: whether it was kept, nobody knows.
                            Some(Err(_)) | None => {
                                client = None;
                                std::thread::sleep(Duration::from_millis(20));
                            }
                        }
                    }
                }
            });
        }
        for moment in moments {
            while taken.load(Ordering::Relaxed) + failed.load(Ordering::Relaxed) < moment {
                std::thread::sleep(Duration::from_micros(300));
            }
            // SIGKILL, and waits for its end.
            drop(server.take());
            killed += 1;
            server = Some(site.start()?);
        }
        Ok(())
    });
    outcome?;
    let failed = failed.into_inner();
    if failed == 0 {
        Ok(killed)
    } else {
        Err(Failure::new(format!("{failed} comments were never taken")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_can_stand_in_an_address() {
        let mut draw = Draw(1);
        for at in 0..200 {
            assert!(question(&mut draw, at).is_ascii());
        }
    }
}
