//! What an order shares with others, as samples show it.

use super::{Teller, at};
use pages::page::order::{Change, Shared};
use pages::page::value::{Code, Value};

impl Teller {
    /// A content that changed twice since it was bought.
    pub(super) fn shared(&self) -> Vec<Shared> {
        let change = |version, zh, en, moment| Change {
            version,
            at: at(moment),
            note: Some(self.say(zh, en)),
        };
        let changes = vec![
            change(3, "换成永久链接", "A link that lasts", "2026-11-28T02:00:00Z"),
            change(2, "补上第 12 课", "Lesson 12 was added", "2026-11-26T02:00:00Z"),
        ];
        vec![Shared { bought: 1, newest: 3, changes }]
    }

    /// Its text, with two addresses in it.
    pub(super) fn shared_text(&self) -> Code {
        let text = self.say(
            "链接：https://pan.example/s/1QGk?pwd=7rt2 提取码：7rt2\n打不开时换备用：https://pan2.example/7rt2",
            "Open https://pan.example/s/1QGk?pwd=7rt2 (key 7rt2)\nor https://pan2.example/7rt2",
        );
        Code { values: vec![Value::named(self.lang.content_text(), text)], valid_until: None }
    }
}
