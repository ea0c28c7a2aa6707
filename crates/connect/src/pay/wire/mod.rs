//! What the channels' wires have in common: keys, certificates, strict readers, HTTP.

pub mod aead;
pub mod cert;
pub mod clock;
pub mod form;
pub mod headers;
pub mod http;
pub mod json;
pub mod key;
pub mod mask;
pub mod pem;
pub mod yuan;
