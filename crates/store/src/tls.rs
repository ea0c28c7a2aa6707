//! TLS to PostgreSQL, by the words of libpq: `sslmode` says whether it is wanted and what is checked.
//!
//! `require` encrypts without asking who answers, unless a root file is given; `verify-ca` wants a certificate of a
//! known root, `verify-full` one that names the host. The roots are those of `sslrootcert`, else the system's.

use crate::Error;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How the writer's connection is encrypted.
#[derive(Debug, Clone)]
pub(crate) enum Tls {
    /// Not at all.
    Off,
    /// By these rules; plain only where the server speaks no TLS and the address prefers, not requires it.
    On(SslMode, Arc<ClientConfig>),
}

impl Tls {
    /// What an address asks for; `root` is the file of its `sslrootcert`.
    pub fn of(options: &PgConnectOptions, root: Option<&str>) -> Result<Self, Error> {
        use PgSslMode::{Allow, Disable, Prefer, Require, VerifyCa, VerifyFull};
        let trust = match (options.get_ssl_mode(), root) {
            _ if options.get_socket().is_some() => return Ok(Self::Off),
            (Disable | Allow, _) => return Ok(Self::Off),
            (Prefer, _) => return Ok(Self::On(SslMode::Prefer, config(Trust::Anybody)?)),
            (Require, None) => Trust::Anybody,
            (Require | VerifyCa, root) => Trust::Root(roots(root)?),
            (VerifyFull, root) => Trust::Host(roots(root)?),
        };
        Ok(Self::On(SslMode::Require, config(trust)?))
    }

    /// The mode for the driver, which decides whether TLS is asked for.
    pub fn mode(&self) -> SslMode {
        match self {
            Self::Off => SslMode::Disable,
            Self::On(mode, _) => *mode,
        }
    }

    /// What makes the driver's connections; none without TLS.
    pub fn connector(&self) -> Option<MakeRustlsConnect> {
        match self {
            Self::Off => None,
            Self::On(_, config) => Some(MakeRustlsConnect::new(ClientConfig::clone(config))),
        }
    }
}

/// Whom the server must be vouched for by.
enum Trust {
    /// Nobody.
    Anybody,
    /// One of these, for whatever host.
    Root(RootCertStore),
    /// One of these, for this host.
    Host(RootCertStore),
}

fn wrong(why: impl std::fmt::Display) -> Error {
    Error::Setup(format!("TLS to the database cannot be set up: {why}"))
}

fn config(trust: Trust) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(wrong)?;
    let inner = |roots| {
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        verifier.build().map_err(wrong)
    };
    let verifier: Arc<dyn ServerCertVerifier> = match trust {
        Trust::Anybody => Arc::new(Lenient { inner: None, provider: provider.clone() }),
        Trust::Root(roots) => {
            Arc::new(Lenient { inner: Some(inner(roots)?), provider: provider.clone() })
        }
        Trust::Host(roots) => inner(roots)?,
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    Ok(Arc::new(builder.with_no_client_auth()))
}

fn roots(file: Option<&str>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    let certificates: Vec<CertificateDer<'static>> = match file {
        Some(file) => {
            let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
            read.map_err(|e| wrong(format_args!("{file}: {}", kernel::chain(&e))))?
        }
        None => rustls_native_certs::load_native_certs().certs,
    };
    store.add_parsable_certificates(certificates);
    if store.is_empty() {
        let place = file.unwrap_or("the system's store");
        return Err(wrong(format_args!("{place} has no root certificate; give sslrootcert=FILE")));
    }
    Ok(store)
}

/// Asks for less than the usual: no known root, or no fitting host.
#[derive(Debug)]
struct Lenient {
    inner: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(inner) = &self.inner else { return Ok(ServerCertVerified::assertion()) };
        match inner.verify_server_cert(end, between, host, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            checked => checked,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, cert, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
