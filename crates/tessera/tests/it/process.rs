//! Starting the binary, waiting until it serves, and ending it in every way.

use domain::identity::{self, Scope};
use kernel::{MerchantId, Mode, Tenant};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use testkit::Caller;

/// The longest wait for a start or an end, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a process is asked for.
const POLL: Duration = Duration::from_millis(5);

/// The binary with arguments and without anything that this process has in its environment for it.
pub fn tessera(args: &[&str]) -> Command {
    let mut command = program(env!("CARGO_BIN_EXE_tessera"));
    command.args(args).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// A program that starts ours, without those either.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TESSERA_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs the binary to its end.
pub fn run(args: &[&str]) -> Output {
    tessera(args).output().expect("the binary runs")
}

/// What a run printed: to standard output, and to standard error.
pub fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// Asserts that the journal is what the holders of a key wrote.
pub fn assert_proven(url: &str, key: &Path) {
    let args = ["journal", "verify", "--database", url, "--master-key-file", arg(key), "--json"];
    let output = run(&args);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "the journal is another: {report} {complaint}");
}

/// A path as an argument.
pub fn arg(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Sends a signal to a process that was not waited for yet.
pub fn signal(pid: u32, signal: &str) {
    let sent = Command::new("kill").args([signal, &pid.to_string()]).status().expect("kill runs");
    assert!(sent.success(), "{signal} is sent");
}

/// A serving process. It dies with this value.
pub struct Server {
    child: Child,
    /// What it wrote to its ready file.
    pub ready: Value,
    /// How long it took until then.
    pub took: Duration,
}

impl Server {
    /// Starts a serving command on a free port; its files lie in `folder`.
    pub async fn start(folder: &Path, args: &[&str]) -> Self {
        Self::spawn(folder, tessera(args).args(["--listen", "127.0.0.1:0"])).await
    }

    /// Starts a command that was made ready by hand.
    pub async fn spawn(folder: &Path, command: &mut Command) -> Self {
        let log = folder.join("server.log");
        let log = File::options().create(true).append(true).open(log).expect("a log");
        Self::spawn_logging(folder, command, Stdio::from(log)).await
    }

    /// The same with a log of its own.
    pub async fn spawn_logging(folder: &Path, command: &mut Command, errors: Stdio) -> Self {
        let (file, log) = (folder.join("ready.json"), folder.join("server.log"));
        if file.exists() {
            fs::remove_file(&file).expect("the ready file of the last start goes");
        }
        let begun = Instant::now();
        command.arg("--ready-file").arg(&file).stdout(Stdio::null()).stderr(errors);
        let child = command.spawn().expect("the binary starts");
        let mut server = Self { child, ready: Value::Null, took: Duration::ZERO };
        server.ready = server.until_ready(&file, &log).await;
        server.took = begun.elapsed();
        server
    }

    async fn until_ready(&mut self, file: &PathBuf, log: &Path) -> Value {
        let begun = Instant::now();
        loop {
            // The file appears whole.
            if let Ok(text) = fs::read(file) {
                return serde_json::from_slice(&text).expect("the ready file is JSON");
            }
            let ended = self.child.try_wait().expect("the process can be asked for");
            if ended.is_some() || begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(log).unwrap_or_default();
                panic!("the server is not ready ({ended:?}):\n{log}");
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        self.ready["url"].as_str().expect("an address")
    }

    /// A caller with the key of one of the demo's merchants.
    pub fn merchant(&self, n: usize) -> Caller {
        let merchant = &self.ready["merchants"][n];
        let text = |field: &str| merchant[field].as_str().expect("a merchant").to_owned();
        let id = MerchantId::parse(&text("id")).expect("a merchant's id");
        Caller::new(self.url(), &text("secret_key"), Tenant::new(id, Mode::Test))
    }

    /// kill -9.
    pub fn kill(&mut self) {
        self.child.kill().expect("the process is killed");
        self.child.wait().expect("the process has ended");
    }

    /// A caller with a key of a merchant who has nothing yet.
    pub async fn new_merchant(&self) -> Caller {
        let key = self.ready["operator_key"].as_str().expect("the operator's key");
        let operator = Caller::new(self.url(), key, identity::operator());
        let body = json!({ "name": "北辰" });
        let merchant = operator.post_as("/v1/merchants", &body, "a-merchant-of-its-own").await;
        let merchant = merchant.json["id"].as_str().expect("a merchant's id");
        let scopes = Scope::MERCHANT.map(Scope::name);
        let body = json!({ "name": "test", "mode": "test", "scopes": scopes });
        let made = operator.post(&format!("/v1/merchants/{merchant}/keys"), &body).await;
        let secret = made.json["secret"].as_str().unwrap_or_else(|| panic!("{}", made.text));
        let id = MerchantId::parse(merchant).expect("a merchant's id");
        Caller::new(self.url(), secret, Tenant::new(id, Mode::Test))
    }

    /// The process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        signal(self.pid(), "-TERM");
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the process can be asked for") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not end");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Sends SIGTERM and expects an orderly end.
    pub async fn stop(mut self) {
        self.terminate();
        let status = self.ended().await;
        assert!(status.success(), "the end was not orderly: {status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
