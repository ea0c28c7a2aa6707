//! The door for messages to people: a mail server, the demo's inbox, or nobody.
//!
//! A message is sent once and beside the request; who gets none asks for another. What it holds may open something, so it
//! is in no log and in no database.

use crate::app::App;
use domain::people::Contact;
use domain::resource::Words;
use parking_lot::Mutex;
use serde::Serialize;
use std::collections::VecDeque;
use tokio::sync::mpsc::Sender;

/// Messages that the demo's inbox keeps.
const INBOX_MAX: usize = 200;

/// A message to a person.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// His mail address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says, in Chinese and English.
    pub text: String,
}

/// Where messages go.
pub enum Outbox {
    /// To a task that hands them to a mail server; full, they are lost and that is logged.
    Mail(Sender<Message>),
    /// To the demo's page.
    Inbox(Mutex<VecDeque<Message>>),
}

impl Outbox {
    /// The demo's.
    pub fn inbox() -> Self {
        Self::Inbox(Mutex::default())
    }
}

impl Message {
    /// A person signed in from where he never was.
    pub fn new_device(to: &Contact, address: &str, agent: &str) -> Self {
        let text = format!(
            "您的账号刚从一台新设备登录。\n地址：{address}\n设备：{agent}\n如果不是您本人，请立即修改密码并结束其他会话。\n\n\
             Your account was just used from a new device.\nAddress: {address}\nDevice: {agent}\n\
             If that was not you, change your password and end all other sessions.\n"
        );
        let subject = "新设备登录 / Sign-in from a new device".to_owned();
        Self { to: to.email.clone(), subject, text }
    }

    /// A person was taken in; with a link where he has no password yet.
    pub fn invitation(to: &Contact, whose: &str, link: Option<&str>) -> Self {
        let (zh, en) = match link {
            Some(link) => (
                format!("请打开下面的链接设置密码和两步验证，三天内有效，只能使用一次：\n{link}"),
                format!(
                    "Open this link to choose a password and a second factor. It is good for three days, once:\n{link}"
                ),
            ),
            None => (
                "用您现有的账号登录即可。".to_owned(),
                "Sign in with the account that you have.".to_owned(),
            ),
        };
        let name = &to.name;
        let text = format!(
            "{name}，您好：{whose} 邀请您加入。\n{zh}\n\nHello {name}, {whose} invites you.\n{en}\n"
        );
        let subject = format!("{whose} 的邀请 / Invitation by {whose}");
        Self { to: to.email.clone(), subject, text }
    }
}

impl Message {
    /// A buyer gets the link of his order's page again.
    pub fn order_link(to: String, whose: &str, number: &str, link: &str) -> Self {
        let text = format!(
            "您在 {whose} 的订单 {number} 可以在这里查看和领取：\n{link}\n谁打开这个链接都能看到内容，请不要转发。\n\n\
             Your order {number} at {whose} is here:\n{link}\nWhoever opens this link can see what is in it, so keep it to \
             yourself.\n"
        );
        let subject = format!("{whose} 的订单 {number} / Your order {number} at {whose}");
        Self { to, subject, text }
    }

    /// An act waits that nobody but who asked can approve: he may do so himself after a day.
    pub fn alone(to: String, whose: &str, approval: &str, act: Words) -> Self {
        let (zh, en) = (act.zh, act.en);
        let text = format!(
            "{whose}：有人提交了“{zh}”（{approval}），目前没有其他人可以审批。\n\
             如果一天之内没有人拒绝，提交者可以再次验证后自行批准。如有疑问，请立即联系店主或收回他的权限。\n\n\
             {whose}: somebody asked for \"{en}\" ({approval}), and nobody else can approve it.\n\
             Unless it is refused within a day, he may approve it himself with his second factor. If that is not right, take his \
             rights away now.\n"
        );
        let subject = format!("{whose} 的待审批操作 / An act that waits at {whose}");
        Self { to, subject, text }
    }
}

impl App {
    /// Whether messages go anywhere.
    pub fn sends_messages(&self) -> bool {
        self.outbox().is_some()
    }

    /// Sends a message. Where nobody takes messages it is lost, and that is logged without what it says.
    pub fn tell(&self, message: Message) {
        match self.outbox() {
            Some(Outbox::Inbox(inbox)) => {
                let mut inbox = inbox.lock();
                inbox.push_front(message);
                inbox.truncate(INBOX_MAX);
            }
            Some(Outbox::Mail(mail)) if mail.try_send(message).is_ok() => {}
            Some(Outbox::Mail(_)) => {
                tracing::warn!("a message is lost: too many wait for the mail server")
            }
            None => tracing::warn!("a message is lost: the configuration names no mail server"),
        }
    }

    /// What the demo's inbox holds, newest first; none elsewhere.
    pub fn inbox(&self) -> Option<Vec<Message>> {
        match self.outbox() {
            Some(Outbox::Inbox(inbox)) => Some(inbox.lock().iter().cloned().collect()),
            _ => None,
        }
    }
}
