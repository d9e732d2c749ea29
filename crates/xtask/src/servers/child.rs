//! Programs that run beside us and end with us: on a signal, on an error, and, where the system can
//! arrange it, even when we are killed.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

use crate::process::{command, succeeds};

/// How long a program may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// How long a server may take until it is ready.
const PATIENCE: Duration = Duration::from_mins(1);

/// What has to go when we go.
struct Ours {
    pids: BTreeSet<i32>,
    folders: BTreeSet<PathBuf>,
}

static OURS: Mutex<Ours> = Mutex::new(Ours { pids: BTreeSet::new(), folders: BTreeSet::new() });

/// Set once a signal has told us to stop: whatever ends from then on has not failed.
static STOPPING: AtomicBool = AtomicBool::new(false);

fn ours() -> MutexGuard<'static, Ours> {
    OURS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C, SIGTERM and SIGHUP end every program that we have started, and then us:
/// with `code`, or as shells show it, 128 and the signal's number.
pub(crate) fn end_on_signals(code: Option<i32>) -> Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).context("cannot listen for signals")?;
    thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        STOPPING.store(true, Ordering::SeqCst);
        let (mut pids, folders) = {
            let ours = ours();
            (ours.pids.clone(), ours.folders.clone())
        };
        pids.extend(descendants());
        end_all(&pids);
        for folder in folders {
            // Nothing more can be done about one that stays.
            let _ = fs::remove_dir_all(folder);
        }
        std::process::exit(code.unwrap_or(128 + signal));
    });
    Ok(())
}

/// Holds a thread for good once we are being ended: what has just ended under it has not failed, and nothing more is
/// to be started.
pub(crate) fn hold_when_stopping() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// What we have started and what that has started (cargo runs cargo runs rustc), in whatever way, where the
/// system lists it.
fn descendants() -> BTreeSet<i32> {
    let mut found = BTreeSet::new();
    let mut unseen = children("self");
    while let Some(pid) = unseen.pop() {
        if found.insert(pid) {
            unseen.extend(children(&pid.to_string()));
        }
    }
    found
}

fn children(process: &str) -> Vec<i32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}

fn end_all(pids: &BTreeSet<i32>) {
    let pids: Vec<Pid> = pids.iter().filter_map(|pid| Pid::from_raw(*pid)).collect();
    for pid in &pids {
        // One that has ended in the meantime is what we want.
        let _ = kill_process(*pid, Signal::TERM);
    }
    let asked = Instant::now();
    while asked.elapsed() < GRACE && pids.iter().any(|pid| !is_gone(*pid)) {
        thread::sleep(Duration::from_millis(20));
    }
    for pid in pids.iter().filter(|pid| !is_gone(**pid)) {
        let _ = kill_process(*pid, Signal::KILL);
    }
}

/// A child that has ended stays listed until it is waited for.
fn is_gone(pid: Pid) -> bool {
    test_kill_process(pid).is_err()
        || fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()))
            .is_ok_and(|stat| stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z')))
}

/// A command whose program is told to end by the kernel when we are gone, where that can be had.
pub(crate) fn tied(program: &Path) -> Command {
    if !succeeds(command("setpriv").arg("--version")) {
        return command(program);
    }
    let mut tied = command("setpriv");
    tied.args(["--pdeathsig", "TERM", "--"]).arg(program);
    tied
}

/// A program that has been started, and is ended when this is dropped.
pub(crate) struct Running {
    child: Child,
    pid: i32,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        // Held until it is listed, so that a signal cannot fall in between.
        let mut ours = ours();
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        let pid = i32::try_from(child.id()).context("a process id")?;
        ours.pids.insert(pid);
        drop(ours);
        Ok(Self { child, pid })
    }

    pub(crate) fn pid(&self) -> i32 {
        self.pid
    }

    pub(crate) fn wait(mut self) -> Result<ExitStatus> {
        let status = self.child.wait()?;
        self.forget();
        Ok(status)
    }

    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        if status.is_some() {
            self.forget();
        }
        Ok(status)
    }

    fn forget(&self) {
        ours().pids.remove(&self.pid);
        hold_when_stopping();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            end_all(&BTreeSet::from([self.pid]));
            // Only so that it is waited for; its status is what we asked for.
            let _ = self.child.wait();
        }
        ours().pids.remove(&self.pid);
    }
}

/// A server: a program that says when it is ready and then runs until it is stopped.
pub(crate) struct Server {
    pub name: &'static str,
    running: Running,
    log: PathBuf,
}

impl Server {
    /// Starts it, and waits for the line of its output for which `ready` is true. Its log goes to a file.
    pub(crate) fn start(
        name: &'static str,
        command: &mut Command,
        log: &Path,
        ready: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let file = fs::File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        // A pipe that ends when we do, for whoever reads it.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(file);
        let mut running = Running::start(command)?;
        let out = running.child.stdout.take().context("no output to read")?;
        let (send, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                // Read to the end even when nobody listens, or the program would block.
                let _ = send.send(line);
            }
        });
        let server = Self { name, running, log: log.to_path_buf() };
        let started = Instant::now();
        loop {
            match lines.recv_timeout(PATIENCE.saturating_sub(started.elapsed())) {
                Ok(line) if ready(&line) => return Ok(server),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{name} was not ready after {PATIENCE:?}; {}", server.said())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{name} ended before it was ready; {}", server.said())
                }
            }
        }
    }

    pub(crate) fn pid(&self) -> i32 {
        self.running.pid()
    }

    /// An error when it has ended by itself.
    pub(crate) fn check(&mut self) -> Result<()> {
        if let Some(status) = self.running.ended()? {
            bail!("{} ended with {status}; {}", self.name, self.said());
        }
        Ok(())
    }

    /// The end of its log.
    fn said(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let tail: Vec<&str> = log.lines().rev().take(8).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        format!("its log, {}, ends with:\n{}", self.log.display(), tail.join("\n"))
    }
}

/// A folder that goes when this is dropped, or when we are told to stop.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty one below `parent`.
    pub(crate) fn new(parent: &Path, name: &str) -> Result<Self> {
        let folder = parent.join(format!("{name}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        ours().folders.insert(folder.clone());
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        ours().folders.remove(&self.0);
    }
}
