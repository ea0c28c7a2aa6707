//! The front door of an instance: what this is, and where to go from here.

use crate::{Frame, Page};
use askama::Template;

/// A shop of a demo.
#[derive(Debug, Clone)]
pub struct DoorShop {
    /// What buyers call it.
    pub name: String,
    /// Its first page.
    pub path: String,
}

/// The page at `/`.
#[derive(Debug, Clone, Template)]
#[template(path = "door.html")]
pub struct DoorPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The shops of a demo; none elsewhere, where each shop is found by its own link.
    pub shops: Vec<DoorShop>,
    /// Where the keys of a demo are written; none elsewhere.
    pub keys: Option<String>,
    /// The console.
    pub console: &'static str,
    /// The reference of the API.
    pub reference: &'static str,
}

impl Page for DoorPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().door_title.to_owned()
    }

    fn description(&self) -> String {
        self.frame.w().door_text.to_owned()
    }
}
