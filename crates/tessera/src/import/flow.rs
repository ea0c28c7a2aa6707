//! From the file to its codes: send it, and decide with whoever is there until nothing is asked any more.

use super::CodesArgs;
use super::answer::{Decisions, Doubts, Import};
use super::ask::{ask_all, ask_doubts};
use super::report;
use super::server::{Decided, Server};
use crate::talk::Talk;
use anyhow::{Result, bail};
use std::time::{SystemTime, UNIX_EPOCH};

/// Doubts that are shown before somebody decides about all of them.
const DOUBTS_SHOWN: usize = 20;

/// Sends the file, asks what it needs, and says what became of it.
pub async fn run(args: &CodesArgs, talk: &mut Talk<'_>) -> Result<()> {
    let server = Server::new(args);
    let waits = talk.can_ask().then_some("wait");
    let id = server.send(args.on_question.as_deref().or(waits)).await?;
    let mut import = server.watch(&id).await?;
    report::understood(talk, &import)?;
    while import.asks() {
        report::findings(talk, &import)?;
        if !decide(&server, talk, &import).await? {
            report::how_to_answer(talk, &server, &import)?;
            bail!("{}", talk.pick("the file has questions", "文件有待回答的问题"));
        }
        import = server.watch(&id).await?;
        report::understood(talk, &import)?;
    }
    report::findings(talk, &import)?;
    if let Some(failure) = &import.failure {
        report::outcome(talk, &server, &import)?;
        bail!("{}: {failure}", talk.pick("the file cannot be read", "文件无法读取"));
    }
    if import.undecided() > 0 && settle_doubts(&server, talk, &import).await? {
        import = server.settled(&id).await?;
    }
    report::outcome(talk, &server, &import)
}

/// Asks until the server takes the answers; false if nobody is there to answer.
async fn decide(server: &Server<'_>, talk: &mut Talk<'_>, import: &Import) -> Result<bool> {
    loop {
        let Some(decisions) = ask_all(talk, import)? else { return Ok(false) };
        match server.decide(&import.id, &decisions, &once()).await? {
            Decided::Taken => return Ok(true),
            Decided::Refused(why) => writeln!(talk.out, "{why}")?,
        }
    }
}

/// Shows rows that may be twins and asks about all of them; false if they stay as they are.
async fn settle_doubts(server: &Server<'_>, talk: &mut Talk<'_>, import: &Import) -> Result<bool> {
    if !talk.can_ask() {
        return Ok(false);
    }
    let rows = server.rows(&import.id, "doubt", DOUBTS_SHOWN).await?;
    report::doubts(talk, &rows, import.undecided())?;
    let Some(default) = ask_doubts(talk)? else { return Ok(false) };
    let decisions = Decisions { doubts: Some(Doubts { default }), ..Decisions::default() };
    match server.decide(&import.id, &decisions, &once()).await? {
        Decided::Taken => {
            talk.say("Decided; the server carries it out now.", "已决定，服务器正在处理。")?;
            Ok(true)
        }
        Decided::Refused(why) => {
            writeln!(talk.out, "{why}")?;
            Ok(false)
        }
    }
}

/// A key of these decisions alone.
fn once() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("cli-{}-{}", std::process::id(), now.as_nanos())
}
