//! Programs that end with the tests, however these end.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use super::Folder;

/// Waits on standard input, a pipe that only the tests hold. When it closes, because the value was
/// dropped or the tests were killed, the program and all it started are ended and its folder goes.
/// Statics are never dropped, so nothing less would do for a server that several tests share.
const KEEPER: &str = r#"
trap '' HUP INT TERM
folder=$1
shift
setsid "$@" &
child=$!
exec >&-
read -r _
kill -KILL "-$child"
wait "$child" 2>/dev/null
rm -rf "$folder"
"#;

/// A running program with a folder of its own.
pub struct Process {
    child: Child,
    /// While it is open, the program runs.
    life: Option<ChildStdin>,
    /// Kept open, so that the program may go on printing.
    _output: BufReader<ChildStdout>,
    /// Goes when the program has gone.
    _folder: Folder,
}

impl Process {
    /// Starts `program` and reads what it prints until `ready` finds what it looks for.
    ///
    /// `folder` is the program's own and is removed after it.
    pub fn start(
        program: &str,
        args: &[&str],
        folder: Folder,
        ready: impl Fn(&str) -> Option<String>,
    ) -> (Process, String) {
        let mut child = Command::new("sh")
            .args(["-c", KEEPER, "keeper", folder.text(), program])
            .args(args)
            // A journey's own requests are no news; what goes wrong is.
            .env("IMMUNOTHEQUE_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let life = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let found = loop {
            let mut line = String::new();
            if output.read_line(&mut line).unwrap() == 0 {
                panic!("{program} {args:?} ended before it was ready: {said}");
            }
            if let Some(found) = ready(line.trim()) {
                break found;
            }
            said.push_str(&line);
        };
        (Process { child, life, _output: output, _folder: folder }, found)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.life.take());
        // It ends as soon as its input has: only a failure to wait could come back.
        let _ = self.child.wait();
    }
}
