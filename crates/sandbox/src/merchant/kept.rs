//! Accounts that outlive a restart, so that what a merchant has configured goes on fitting.

use super::{MerchantAccounts, Mode, create};
use anyhow::{Context, Result};
use std::io::Write;
use std::path::Path;

/// The two merchants of the sandbox, in the order in which they are shown.
const MODES: [Mode; 2] = [Mode::PublicKey, Mode::Certificate];

/// Reads the accounts from `file`, or makes them and writes them there; without a file they are new each time.
///
/// # Errors
/// If the file can be neither read nor written, or holds something else.
pub fn read_or_create(file: Option<&Path>) -> Result<Vec<MerchantAccounts>> {
    let Some(file) = file else { return create() };
    match std::fs::read(file) {
        Ok(text) => serde_json::from_slice(&text)
            .with_context(|| format!("{} holds no accounts of a sandbox", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let accounts = create()?;
            write(file, &accounts)?;
            Ok(accounts)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

fn create() -> Result<Vec<MerchantAccounts>> {
    // Looking for primes takes most of the time; each merchant looks on a thread of its own.
    std::thread::scope(|scope| {
        let makers: Vec<_> =
            MODES.map(|mode| scope.spawn(move || create::accounts(mode))).into_iter().collect();
        makers
            .into_iter()
            .map(|maker| maker.join().map_err(|_| anyhow::anyhow!("no keys could be made"))?)
            .collect()
    })
}

/// A temporary file is readable by its owner alone, and so is what it becomes.
fn write(file: &Path, accounts: &[MerchantAccounts]) -> Result<()> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).context("the folder of the accounts")?;
    new.write_all(&serde_json::to_vec_pretty(accounts)?).context("cannot write the accounts")?;
    new.persist(file).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_the_same_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sandbox.json");
        let first = serde_json::to_value(read_or_create(Some(&file)).unwrap()).unwrap();
        let again = serde_json::to_value(read_or_create(Some(&file)).unwrap()).unwrap();
        assert_eq!(first, again);
        assert_eq!(first[0]["mode"], "public_key");
        assert!(first[0]["wechat"].get("platform_certificate_pem").is_none());
        assert_eq!(first[1]["mode"], "certificate");
        assert_eq!(first[1]["alipay"]["app_cert_sn"].as_str().unwrap().len(), 32);
    }
}
