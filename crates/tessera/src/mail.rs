//! Messages to people by mail, one after the other and beside everything else.

use anyhow::{Context, Result};
use edge::message::{Message, Outbox};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor};
use tokio::sync::mpsc;

/// Messages that wait for the server.
const WAITING_MAX: usize = 256;

/// Where messages go: to the mail server at an address like `smtps://user:password@host`.
pub fn outbox(url: &str, from: &str) -> Result<Outbox> {
    let from: Mailbox = from.parse().context("smtp_from is no mail address")?;
    let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
    let server = server.context("smtp_url cannot be read")?.build();
    let (waiting, mut messages) = mpsc::channel::<Message>(WAITING_MAX);
    tokio::spawn(async move {
        while let Some(message) = messages.recv().await {
            if let Err(error) = send(&server, &from, message).await {
                // Neither to whom nor what: that is his alone.
                tracing::warn!(error = format!("{error:#}"), "a message is lost");
            }
        }
    });
    Ok(Outbox::Mail(waiting))
}

async fn send(
    server: &AsyncSmtpTransport<Tokio1Executor>,
    from: &Mailbox,
    message: Message,
) -> Result<()> {
    let to = message.to.parse().context("the address")?;
    let mail = Mail::builder().from(from.clone()).to(to).subject(message.subject);
    let mail = mail.body(message.text).context("the message")?;
    server.send(mail).await.context("the mail server")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    /// A mail server that takes one message; gives the lines that it was sent.
    async fn takes_one(listener: TcpListener) -> Vec<String> {
        let (stream, _) = listener.accept().await.expect("a connection");
        let (read, mut write) = stream.into_split();
        let (mut lines, mut heard) = (BufReader::new(read).lines(), Vec::new());
        write.write_all(b"220 here\r\n").await.expect("a greeting");
        let mut in_data = false;
        while let Some(line) = lines.next_line().await.expect("a line") {
            let answer = match line.as_str() {
                "." if in_data => "250 taken",
                _ if in_data => "",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 good",
            };
            in_data = (in_data || line == "DATA") && line != ".";
            heard.push(line.clone());
            if !answer.is_empty() {
                write.write_all(format!("{answer}\r\n").as_bytes()).await.expect("an answer");
            }
            if line == "." || line == "QUIT" {
                break;
            }
        }
        heard
    }

    #[tokio::test]
    async fn a_message_comes_to_the_mail_server() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(takes_one(listener));
        let Ok(Outbox::Mail(waiting)) = outbox(&url, "Tessera <no-reply@shop.example>") else {
            panic!("an outbox");
        };
        let message = Message {
            to: "lin@shop.example".to_owned(),
            subject: "邀请 / Invitation".to_owned(),
            text: "Open https://shop.example/console/link#token\n".to_owned(),
        };
        waiting.send(message).await.expect("it is taken");
        let heard = server.await.expect("the server ends").join("\n");
        for part in ["FROM:<no-reply@shop.example>", "TO:<lin@shop.example>", "link#token"] {
            assert!(heard.contains(part), "{part}: {heard}");
        }
        assert!(outbox(&url, "nobody").is_err() && outbox("gopher://x", "a@b.example").is_err());
    }
}
