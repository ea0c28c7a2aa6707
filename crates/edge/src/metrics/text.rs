//! The text format of Prometheus, version 0.0.4: a head for each family, then a line a sample.

use engine::Reading;
use std::fmt::Write;

/// What a family counts.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Counts of values by upper bound.
    Histogram,
}

/// A text that is being written. Writing into memory does not fail.
#[derive(Debug, Default)]
pub struct Text {
    text: String,
    family: &'static str,
}

impl Text {
    /// Begins a family; the samples that follow are its own.
    pub fn family(&mut self, name: &'static str, kind: Kind, help: &str) {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        self.family = name;
    }

    /// A sample of the family.
    pub fn sample(&mut self, labels: &[(&str, &str)], value: u64) {
        self.line("", labels, &value.to_string());
    }

    /// A histogram of the family; its values are in `per_unit`-ths of the unit that is told.
    #[expect(
        clippy::float_arithmetic,
        reason = "Prometheus wants seconds, and nothing is sold by them"
    )]
    pub fn histogram(&mut self, labels: &[(&str, &str)], reading: &Reading, per_unit: u32) {
        let told = |value: u64| (value as f64 / f64::from(per_unit)).to_string();
        let bounds = reading.up_to.iter().map(|(bound, count)| (told(*bound), *count));
        for (bound, count) in bounds.chain([("+Inf".to_owned(), reading.count)]) {
            let labels = [labels, &[("le", bound.as_str())]].concat();
            self.line("_bucket", &labels, &count.to_string());
        }
        self.line("_sum", labels, &told(reading.sum));
        self.line("_count", labels, &reading.count.to_string());
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, ending: &str, labels: &[(&str, &str)], value: &str) {
        let _ = write!(self.text, "{}{ending}", self.family);
        for (i, (name, label)) in labels.iter().enumerate() {
            let open = if i == 0 { '{' } else { ',' };
            let _ = write!(self.text, "{open}{name}=\"{}\"", escaped(label));
        }
        let close = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.text, "{close} {value}");
    }
}

fn escaped(label: &str) -> String {
    label.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_written_as_prometheus_reads_them() {
        let mut text = Text::default();
        text.family("a_total", Kind::Counter, "All.");
        text.sample(&[("x", "q\"\\\n"), ("y", "/v1")], 7);
        text.family("b_seconds", Kind::Histogram, "Time.");
        let reading = Reading { up_to: vec![(500, 1), (1_000, 3)], count: 4, sum: 2_500 };
        text.histogram(&[], &reading, 1_000);
        let wanted = r#"# HELP a_total All.
# TYPE a_total counter
a_total{x="q\"\\\n",y="/v1"} 7
# HELP b_seconds Time.
# TYPE b_seconds histogram
b_seconds_bucket{le="0.5"} 1
b_seconds_bucket{le="1"} 3
b_seconds_bucket{le="+Inf"} 4
b_seconds_sum 2.5
b_seconds_count 4
"#;
        assert_eq!(text.finish(), wanted);
    }
}
