//! Searching bytes for a text in every spelling that a leak could have.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memmem;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Where something was found, and in which spelling.
pub type Findings = Vec<String>;

/// How bytes may stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    Plain,
    Utf16Le,
    Utf16Be,
    HexLower,
    HexUpper,
    Base64,
    Base64Url,
    Reversed,
}

impl Spelling {
    pub const ALL: [Self; 8] = [
        Self::Plain,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::HexLower,
        Self::HexUpper,
        Self::Base64,
        Self::Base64Url,
        Self::Reversed,
    ];

    /// ASCII text in this spelling.
    pub fn spell(self, text: &[u8]) -> Vec<u8> {
        let hex = text.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        match self {
            Self::Plain => text.to_vec(),
            Self::Utf16Le => text.iter().flat_map(|byte| [*byte, 0]).collect(),
            Self::Utf16Be => text.iter().flat_map(|byte| [0, *byte]).collect(),
            Self::HexLower => hex.into_bytes(),
            Self::HexUpper => hex.to_uppercase().into_bytes(),
            Self::Base64 => STANDARD_NO_PAD.encode(text).into_bytes(),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(text).into_bytes(),
            Self::Reversed => text.iter().rev().copied().collect(),
        }
    }

    /// What stands somewhere when the text does, whatever is around it.
    fn needles(self, text: &[u8]) -> Vec<Vec<u8>> {
        if !matches!(self, Self::Base64 | Self::Base64Url) {
            return vec![self.spell(text)];
        }
        // Three places that the text can have in groups of three bytes. The groups that it shares with
        // its neighbours are left off.
        (0..3)
            .map(|skip: usize| {
                let whole = &text[skip..];
                self.spell(&whole[..whole.len() / 3 * 3])
            })
            .collect()
    }
}

/// A text that is searched for.
#[derive(Clone)]
pub struct Marker {
    needles: Vec<(Spelling, memmem::Finder<'static>)>,
}

impl Marker {
    pub fn new(text: &str) -> Self {
        assert!(text.is_ascii() && text.len() >= 16, "too common to be searched for: {text}");
        let of = |spelling: Spelling| {
            let needles = spelling.needles(text.as_bytes()).into_iter();
            needles.map(move |needle| (spelling, memmem::Finder::new(&needle).into_owned()))
        };
        Self { needles: Spelling::ALL.into_iter().flat_map(of).collect() }
    }

    fn find(&self, bytes: &[u8]) -> Option<String> {
        self.needles.iter().find_map(|(spelling, finder)| {
            let at = finder.find(bytes)?;
            let (from, to) = (at.saturating_sub(60), bytes.len().min(at + 100));
            let around = String::from_utf8_lossy(&bytes[from..to]).into_owned();
            Some(format!("{spelling:?} at {at}: {around:?}"))
        })
    }
}

/// The first finding of each marker in each text.
pub fn find_in_lines(lines: &[String], markers: &[Marker]) -> Findings {
    let find = |line: &String| markers.iter().filter_map(|m| m.find(line.as_bytes())).next();
    lines.iter().filter_map(find).collect()
}

/// The first finding in each file. A file that went away meanwhile holds nothing.
pub fn find_in_files(files: &[PathBuf], markers: &[Marker]) -> Findings {
    let mut found = Vec::new();
    for path in files {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => panic!("{} cannot be searched: {error}", path.display()),
        };
        let in_file = markers.iter().filter_map(|marker| marker.find(&bytes)).next();
        found.extend(in_file.map(|at| format!("{}: {at}", path.display())));
    }
    found
}

/// Everything that this process logs.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        let bytes = self.0.lock().expect("nobody panics with the log");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics with the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// The log of this process from now on: everything of our crates and of the database drivers.
pub fn log() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    let start = || {
        let log = Log::default();
        let ours = "it,kernel,vault,domain,store,engine,deliver,api,testkit,sqlx";
        let filter: Vec<String> = ours.split(',').map(|name| format!("{name}=trace")).collect();
        tracing_subscriber::fmt()
            .json()
            .with_env_filter(EnvFilter::new(format!("info,{}", filter.join(","))))
            .with_writer(log.clone())
            .init();
        log
    };
    LOG.get_or_init(start).clone()
}
