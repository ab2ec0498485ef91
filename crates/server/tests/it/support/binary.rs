//! The built binary: started, spoken to over a socket, stopped.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// No condition below takes a hundredth of this: it only ends a test that would wait for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary with `arguments`, in an empty folder and without settings of whoever runs the tests.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_immunotheque"));
    command.current_dir(folder).env_remove("IMMUNOTHEQUE_URL").env_remove("IMMUNOTHEQUE_LOG");
    command.stdin(Stdio::null());
    command
}

/// Runs the binary to its end.
pub fn run<T: AsRef<OsStr>>(arguments: impl IntoIterator<Item = T>) -> Output {
    let folder = tempfile::tempdir().unwrap();
    command(folder.path()).args(arguments).output().unwrap()
}

/// What was logged, and a bell for each new line.
#[derive(Default)]
struct Log {
    text: Mutex<(String, bool)>,
    grown: Condvar,
}

/// A server that listens. Ends with the test.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Log>,
    reader: Option<JoinHandle<()>>,
    /// Where it was started and keeps its files.
    pub folder: TempDir,
}

impl Server {
    /// Starts `serve` with `arguments`, on a port that the kernel chooses.
    pub fn start<T: AsRef<OsStr>>(arguments: impl IntoIterator<Item = T>) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let command = command(folder.path());
        Server::run(command, arguments, folder)
    }

    /// The same, with a variable in its environment.
    pub fn start_with<T: AsRef<OsStr>>(
        name: &str,
        value: &str,
        arguments: impl IntoIterator<Item = T>,
    ) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command(folder.path());
        command.env(name, value);
        Server::run(command, arguments, folder)
    }

    /// The same, but a file that may not grow is an error to it, and not its end: see
    /// [`Server::limit_files`].
    pub fn start_patient<T: AsRef<OsStr>>(arguments: impl IntoIterator<Item = T>) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let mut shell = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_immunotheque");
        shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", program]);
        shell.current_dir(folder.path()).stdin(Stdio::null());
        Server::run(shell, arguments, folder)
    }

    fn run<T: AsRef<OsStr>>(
        mut command: Command,
        arguments: impl IntoIterator<Item = T>,
        folder: TempDir,
    ) -> Server {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Log::default());
        let (stderr, into) = (child.stderr.take().unwrap(), log.clone());
        let reader = thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                into.text.lock().unwrap().0 += &format!("{line}\n");
                into.grown.notify_all();
            }
            into.text.lock().unwrap().1 = true;
            into.grown.notify_all();
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://");
        let Some(address) = address.and_then(|it| it.parse().ok()) else {
            // Gone already, where it failed by itself.
            let _ = child.kill();
            let status = child.wait().unwrap();
            reader.join().unwrap();
            panic!("the server did not start ({status}): {:?}", log.text.lock().unwrap().0);
        };
        Server { child, address, log, reader: Some(reader), folder }
    }

    /// Everything logged up to now.
    pub fn log(&self) -> String {
        self.log.text.lock().unwrap().0.clone()
    }

    /// Waits until the log holds `words` and returns it.
    #[track_caller]
    pub fn wait_for_log(&self, words: &str) -> String {
        self.wait_for_logs(words, 1)
    }

    /// Waits until the log holds `words` that many times.
    #[track_caller]
    pub fn wait_for_logs(&self, words: &str, times: usize) -> String {
        let log = self.log.text.lock().unwrap();
        let waiting = |it: &mut (String, bool)| it.0.matches(words).count() < times && !it.1;
        let (log, _) = self.log.grown.wait_timeout_while(log, PATIENCE, waiting).unwrap();
        assert!(times <= log.0.matches(words).count(), "{words}: {}", log.0);
        log.0.clone()
    }

    /// Waits until nobody is let in any more.
    pub fn wait_until_closed(&self) {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_ok() {
            assert!(start.elapsed() < PATIENCE, "the server goes on listening");
            thread::yield_now();
        }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends `request` as it is and reads all that comes back until the server hangs up.
    pub fn send(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // A server that refuses early may hang up before all is written.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// The same for a server that may die meanwhile: nothing where there is no whole answer.
    pub fn try_send(&self, request: &[u8]) -> Option<Raw> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(request).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let whole = answer.windows(4).any(|it| it == b"\r\n\r\n");
        whole.then(|| Raw::parse(&answer))
    }

    pub fn get(&self, address: &str) -> Raw {
        self.get_with(address, "")
    }

    /// `headers` are whole lines, each with its end.
    pub fn get_with(&self, address: &str, headers: &str) -> Raw {
        let request =
            format!("GET {address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        Raw::parse(&self.send(request.as_bytes()))
    }

    pub fn terminate(&self) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    }

    /// Ends it as nothing can prepare for.
    pub fn kill(&self) {
        let process = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
    }

    /// Sends JSON; `headers` are whole lines. Nothing where the server dies before its answer is whole.
    pub fn json(&self, method: &str, path: &str, headers: &str, body: &Value) -> Option<Raw> {
        let body = body.to_string();
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        self.try_send(request.as_bytes())
    }

    /// From now on no file of it gets larger than `bytes`: as on a disk that is full.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let process = rustix::process::Pid::from_child(&self.child);
        let limit = rustix::process::Rlimit { current: bytes, maximum: None };
        let what = rustix::process::Resource::Fsize;
        rustix::process::prlimit(Some(process), what, limit).unwrap();
    }

    /// Waits for the end, and returns how it ended with everything that was logged.
    pub fn end(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        self.reader.take().unwrap().join().unwrap();
        (status, self.log())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone where the test waited for its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Raw {
    #[track_caller]
    pub fn parse(bytes: &[u8]) -> Raw {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Raw { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|it| panic!("{it}: {}", self.text()))
    }
}
