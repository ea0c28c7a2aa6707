//! WeChat Pay's keys for one merchant: which are known, and which signs. Keys change in steps, as the channel
//! changes them: the next is announced, then signs, then those before it are gone.

use super::{MerchantAccounts, Mode, WechatAccount, create};
use crate::keys::{SigningKey, generate};
use anyhow::Result;
use parking_lot::RwLock;
use std::sync::Arc;

/// A key of WeChat Pay.
pub struct PlatformKey {
    /// Id of the public key, or serial of the certificate.
    pub serial: String,
    /// What signs.
    pub key: SigningKey,
    /// The certificate, in certificate mode.
    pub certificate_pem: Option<String>,
    private_pem: String,
    public_pem: String,
}

struct Ring {
    keys: Vec<Arc<PlatformKey>>,
    current: usize,
}

/// The keys of WeChat Pay for one merchant.
pub struct Platform {
    mode: Mode,
    ring: RwLock<Ring>,
}

impl Platform {
    /// The one key that the accounts tell.
    ///
    /// # Errors
    /// If it is no RSA key.
    pub fn new(accounts: &MerchantAccounts) -> Result<Self> {
        let account = &accounts.wechat;
        let serial = account.public_key_id.as_ref().or(account.platform_serial_no.as_ref());
        let key = PlatformKey {
            serial: serial.cloned().unwrap_or_default(),
            key: SigningKey::from_pem(&account.platform_private_key_pem)?,
            certificate_pem: account.platform_certificate_pem.clone(),
            private_pem: account.platform_private_key_pem.clone(),
            public_pem: account.public_key_pem.clone(),
        };
        let ring = RwLock::new(Ring { keys: vec![Arc::new(key)], current: 0 });
        Ok(Self { mode: accounts.mode, ring })
    }

    /// What signs now.
    pub fn current(&self) -> Arc<PlatformKey> {
        let ring = self.ring.read();
        Arc::clone(&ring.keys[ring.current])
    }

    /// The key that goes by a serial.
    pub fn named(&self, serial: &str) -> Option<Arc<PlatformKey>> {
        self.all().into_iter().find(|key| key.serial == serial)
    }

    /// Every key that is known, the oldest first.
    pub fn all(&self) -> Vec<Arc<PlatformKey>> {
        self.ring.read().keys.clone()
    }

    /// Makes the next key known; it does not sign yet.
    ///
    /// # Errors
    /// If the machine has no randomness.
    pub fn announce(&self) -> Result<()> {
        let (private_pem, public_pem) = generate()?;
        let (serial, certificate_pem) = create::platform_name(self.mode, &private_pem)?;
        let key = SigningKey::from_pem(&private_pem)?;
        let next = PlatformKey { serial, key, certificate_pem, private_pem, public_pem };
        self.ring.write().keys.push(Arc::new(next));
        Ok(())
    }

    /// Lets the newest key sign.
    pub fn switch(&self) {
        let mut ring = self.ring.write();
        ring.current = ring.keys.len() - 1;
    }

    /// Forgets the keys before the one that signs.
    pub fn retire(&self) {
        let mut ring = self.ring.write();
        let before = ring.current;
        ring.keys.drain(..before);
        ring.current = 0;
    }

    /// Writes the key that signs into an account.
    pub fn tell(&self, account: &mut WechatAccount) {
        let current = self.current();
        account.public_key_pem.clone_from(&current.public_pem);
        account.platform_private_key_pem.clone_from(&current.private_pem);
        account.platform_certificate_pem.clone_from(&current.certificate_pem);
        let serial = Some(current.serial.clone());
        match self.mode {
            Mode::PublicKey => account.public_key_id = serial,
            Mode::Certificate => account.platform_serial_no = serial,
        }
    }
}
