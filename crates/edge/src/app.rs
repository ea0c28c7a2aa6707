//! What every request has at hand.

use crate::address::TrustedProxies;
use crate::auth::keys::Keys;
use crate::auth::refused::Door;
use crate::auth::sessions::Sessions;
use crate::gather::Gather;
use crate::limit::{Guesses, Visits};
use crate::message::Outbox;
use crate::metrics::traffic::Traffic;
use deliver::payment::{Begun, Channels};
use deliver::requests::Requests;
use domain::resource::AnyKind;
use engine::Engine;
use files::Files;
use kernel::Mode;
use serde::Serialize;
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

/// The application. Cloning it is cheap and gives the same one.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the front door of a demo says.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// Name and path of each shop.
    pub shops: Vec<(String, String)>,
    /// The file with the keys.
    pub keys: Option<String>,
    /// Who may enter the console by one click.
    pub people: Vec<DemoPerson>,
}

/// A person of a demo.
#[derive(Debug, Clone, Serialize)]
pub struct DemoPerson {
    /// His mail address.
    pub email: String,
    /// His role.
    pub role: String,
    /// The merchant's name; empty for the operator.
    pub merchant: String,
}

/// What the edge is told by the configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where buyers reach the pages, without a slash at the end.
    pub base_url: String,
    /// How long an order waits for money, in seconds.
    pub hold_seconds: u32,
    /// Whose word on the address of a caller is taken.
    pub trusted_proxies: TrustedProxies,
    /// Pages that an address may open in a minute.
    pub pages_per_minute: NonZeroU32,
    /// Pictures that merchants uploaded.
    pub files: Files,
    /// The kinds of resources that have routes.
    pub kinds: &'static [AnyKind],
    /// In which mode a person acts who does not say.
    pub default_mode: Mode,
    /// Whether people may sign in over plain http from elsewhere.
    pub allow_plain_http: bool,
    /// Payment channels of others.
    pub channels: Channels,
    /// Days after which a person must choose another password; none for never.
    pub password_days: Option<u32>,
}

struct Parts {
    settings: Settings,
    engine: Engine,
    keys: Keys,
    sessions: Sessions,
    guesses: Guesses,
    visits: Visits,
    refused: Gather<Door>,
    begun: Begun,
    requests: Requests,
    traffic: Traffic,
    demo: OnceLock<Demo>,
    outbox: OnceLock<Outbox>,
}

impl App {
    /// An application that works on an engine and counts the requests of some routes.
    pub(crate) fn new(engine: Engine, settings: Settings, traffic: Traffic) -> Self {
        Self(Arc::new(Parts {
            visits: Visits::new(settings.pages_per_minute),
            settings,
            engine,
            keys: Keys::default(),
            sessions: Sessions::default(),
            guesses: Guesses::default(),
            refused: Gather::default(),
            begun: Begun::default(),
            requests: Requests::default(),
            traffic,
            demo: OnceLock::new(),
            outbox: OnceLock::new(),
        }))
    }

    /// Commands go in here.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// What the configuration says.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Says at the front door what a demo is made of, once it is.
    pub fn set_demo(&self, demo: Demo) {
        let _ = self.0.demo.set(demo);
    }

    /// What the front door of a demo says; none elsewhere.
    pub fn demo(&self) -> Option<&Demo> {
        self.0.demo.get()
    }

    /// Payment channels of others.
    pub fn channels(&self) -> &Channels {
        &self.0.settings.channels
    }

    /// Pictures that merchants uploaded.
    pub fn files(&self) -> &Files {
        &self.0.settings.files
    }

    /// Says where messages to people go.
    pub fn set_outbox(&self, outbox: Outbox) {
        let _ = self.0.outbox.set(outbox);
    }

    /// Where messages to people go.
    pub(crate) fn outbox(&self) -> Option<&Outbox> {
        self.0.outbox.get()
    }

    /// Whether browsers reach us by HTTPS only.
    pub fn is_secure(&self) -> bool {
        self.0.settings.base_url.starts_with("https://")
    }

    /// The sessions in use.
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// The keys in use.
    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// Who tries keys that do not exist.
    pub(crate) fn guesses(&self) -> &Guesses {
        &self.0.guesses
    }

    /// What was refused to people of late.
    pub(crate) fn refused(&self) -> &Gather<Door> {
        &self.0.refused
    }

    /// Who opens pages.
    pub fn visits(&self) -> &Visits {
        &self.0.visits
    }

    /// What the test channel was told of payments that were begun here.
    pub fn begun(&self) -> &Begun {
        &self.0.begun
    }

    /// Requests of programs on their way to the log.
    pub fn requests(&self) -> &Requests {
        &self.0.requests
    }

    /// Requests since the start.
    pub fn traffic(&self) -> &Traffic {
        &self.0.traffic
    }
}
