//! A mail server of one thread, for tests: in plain text, or with TLS as mail servers have it.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How a mail server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Good,
    /// Says 550 to every recipient, and repeats the address.
    Refusing,
    /// Says nothing for some time.
    Slow(Duration),
    /// Ends the line in the middle.
    Rude,
}

/// Whether others can listen.
#[derive(Clone)]
pub enum Line {
    Plain,
    /// Secure from the first byte.
    Tls(Arc<ServerConfig>),
    /// Secure once the other side asks for it.
    StartTls(Arc<ServerConfig>),
}

/// Ends with the tests' process.
pub struct Smtp {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<String>>>,
    /// The verbs that came in plain text.
    overheard: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    pub fn start(mood: Mood) -> Smtp {
        Smtp::on("127.0.0.1", Line::Plain, mood)
    }

    /// Listens at an address of this machine, on a port that the kernel chooses.
    pub fn on(host: &str, line: Line, mood: Mood) -> Smtp {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let mood = Arc::new(Mutex::new(mood));
        let (mails, overheard) = (Arc::default(), Arc::default());
        let smtp = Smtp { address, mood, mails, overheard };
        let (own, kept, heard) = (smtp.mood.clone(), smtp.mails.clone(), smtp.overheard.clone());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mood = *own.lock().unwrap();
                // Who hangs up in the middle is no failure of the server's.
                let _ = serve(stream, &line, mood, &kept, &heard);
            }
        });
        smtp
    }

    pub fn become_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }

    pub fn overheard(&self) -> Vec<String> {
        self.overheard.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    line: &Line,
    mood: Mood,
    kept: &Mutex<Vec<String>>,
    heard: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let secure = |config: &Arc<ServerConfig>, stream| {
        let connection = ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(StreamOwned::new(connection, stream))
    };
    if let Mood::Slow(pause) = mood {
        thread::sleep(pause);
    }
    let config = match line {
        Line::Tls(config) => {
            let mut stream = secure(config, stream)?;
            stream.write_all(HELLO)?;
            return talk(&mut stream, mood, kept, None, false).map(|_| ());
        }
        Line::StartTls(config) => Some(config),
        Line::Plain => None,
    };
    stream.write_all(HELLO)?;
    if mood == Mood::Rude {
        return Ok(());
    }
    let upgrade = talk(&mut stream, mood, kept, Some(heard), config.is_some())?;
    if let (true, Some(config)) = (upgrade, config) {
        talk(&mut secure(config, stream)?, mood, kept, None, false)?;
    }
    Ok(())
}

const HELLO: &[u8] = b"220 mx.example ESMTP\r\n";

/// True when the other side wants to go on in secret.
fn talk<S: Read + Write>(
    stream: &mut S,
    mood: Mood,
    kept: &Mutex<Vec<String>>,
    heard: Option<&Mutex<Vec<String>>>,
    can_be_secure: bool,
) -> std::io::Result<bool> {
    let mut recipients = String::new();
    while let Some(line) = read_line(stream)? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        if let Some(heard) = heard {
            heard.lock().unwrap().push(verb.clone());
        }
        match verb.as_str() {
            "EHLO" => {
                let first = if can_be_secure {
                    "250-mx.example\r\n250-STARTTLS\r\n"
                } else {
                    "250-mx.example\r\n"
                };
                stream.write_all(first.as_bytes())?;
                stream.write_all(b"250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n")?;
            }
            "STARTTLS" if can_be_secure => {
                stream.write_all(b"220 go on\r\n")?;
                return Ok(true);
            }
            "AUTH" => stream.write_all(b"235 fine\r\n")?,
            "RCPT" if mood == Mood::Refusing => {
                stream.write_all(format!("550 no {line} here\r\n").as_bytes())?;
            }
            "RCPT" => {
                recipients.push_str(&line);
                recipients.push('\n');
                stream.write_all(b"250 fine\r\n")?;
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut text = std::mem::take(&mut recipients);
                while let Some(line) = read_line(stream)?.filter(|it| it != ".") {
                    text.push_str(&line);
                    text.push('\n');
                }
                kept.lock().unwrap().push(text);
                stream.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n")?;
                return Ok(false);
            }
            _ => stream.write_all(b"250 fine\r\n")?,
        }
    }
    Ok(false)
}

/// None at the end. Byte by byte: what follows a line may be no text.
fn read_line(stream: &mut impl Read) -> std::io::Result<Option<String>> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    while stream.read(&mut byte)? == 1 {
        if byte == *b"\n" {
            let line = String::from_utf8_lossy(&line);
            return Ok(Some(line.trim_end_matches('\r').to_owned()));
        }
        line.push(byte[0]);
    }
    Ok(None)
}

/// A header of a mail, with its folded lines.
#[track_caller]
pub fn header(mail: &str, name: &str) -> String {
    let start = mail.find(&format!("\n{name}: ")).unwrap_or_else(|| panic!("{name}: {mail}"));
    let rest = &mail[start + name.len() + 3..];
    let mut value = String::new();
    for line in rest.lines() {
        if !value.is_empty() && !line.starts_with([' ', '\t']) {
            break;
        }
        value.push_str(line);
    }
    value
}
