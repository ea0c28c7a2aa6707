//! Talking with whoever runs the command, in the language of his environment.

use std::io::{BufRead, Result, Write};

/// Where texts go, and where answers come from if somebody is there to give them.
pub struct Talk<'a> {
    /// Whether he reads Chinese.
    pub chinese: bool,
    /// What he types; `None` off a terminal.
    pub lines: Option<&'a mut dyn BufRead>,
    /// What he reads.
    pub out: &'a mut dyn Write,
}

impl Talk<'_> {
    /// One of two texts.
    pub fn pick<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        if self.chinese { zh } else { en }
    }

    /// Prints one of two lines.
    pub fn say(&mut self, en: &str, zh: &str) -> Result<()> {
        let line = self.pick(en, zh);
        writeln!(self.out, "{line}")
    }

    /// Whether somebody can be asked.
    pub fn can_ask(&self) -> bool {
        self.lines.is_some()
    }

    /// What he types after a prompt, without space around it; `None` when he is gone.
    pub fn answer(&mut self, prompt: &str) -> Result<Option<String>> {
        let Some(lines) = &mut self.lines else { return Ok(None) };
        write!(self.out, "{prompt} ")?;
        self.out.flush()?;
        let mut line = String::new();
        let read = lines.read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    }
}

/// Whether the environment asks for Chinese. The first variable that says anything decides, as in POSIX.
pub fn is_chinese(var: impl Fn(&str) -> Option<String>) -> bool {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(var);
    said.into_iter().find(|value| !value.is_empty()).is_some_and(|value| value.starts_with("zh"))
}

#[cfg(test)]
mod tests {
    use super::is_chinese;

    #[test]
    fn the_environment_says_the_language() {
        for (vars, want) in [
            (&[("LANG", "zh_CN.UTF-8")][..], true),
            (&[("LC_ALL", "zh_TW"), ("LANG", "en_US.UTF-8")], true),
            (&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")], false),
            (&[("LC_ALL", ""), ("LANG", "zh")], true),
            (&[], false),
        ] {
            let var = |name: &str| {
                vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(is_chinese(var), want, "{vars:?}");
        }
    }
}
