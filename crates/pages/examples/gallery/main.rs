//! Writes every page × state × language into a folder, with the pictures beside: `gallery <folder>`.

mod samples;

use pages::Lang;
use pages::picture::DRAWINGS;
use std::path::PathBuf;

/// The logos of the demo's merchants, whom the samples show.
const LOGOS: [(&str, &[u8]); 2] = [
    ("logo-galaxy", include_bytes!("../../../tessera/src/demo/logo-galaxy.png")),
    ("logo-grain", include_bytes!("../../../tessera/src/demo/logo-grain.png")),
];

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    for lang in Lang::ALL {
        let folder = PathBuf::from(&folder).join(lang.tag());
        std::fs::create_dir_all(folder.join("pictures"))?;
        for drawing in DRAWINGS {
            std::fs::write(folder.join("pictures").join(drawing.file_name()), drawing.svg)?;
        }
        for (name, png) in LOGOS {
            std::fs::write(folder.join(format!("pictures/{name}.png")), png)?;
        }
        for (name, html) in samples::all(samples::Teller { lang, hostile: None }) {
            std::fs::write(folder.join(format!("{name}.html")), html)?;
        }
    }
    Ok(())
}
