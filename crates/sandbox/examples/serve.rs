//! Serves a sandbox until it is stopped, and prints its accounts: for work on the sandbox itself.

use sandbox::Settings;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut settings = Settings::default();
    let mut arguments = std::env::args().skip(1);
    if let Some(listen) = arguments.next() {
        settings.listen = listen.parse()?;
    }
    let running = sandbox::start(settings).await?;
    let ready = serde_json::to_string_pretty(&running.accounts())?;
    match arguments.next() {
        Some(file) => std::fs::write(file, ready)?,
        None => println!("{ready}"),
    }
    std::future::pending().await
}
