//! Measures how fast a large file is inspected and read, and in how much memory.
//!
//! `cargo run --release -p codefile --example speed [rows]`

use codefile::{CodeFile, Format, Told, inspect};
use kernel::Timestamp;
use std::io::Read;
use std::time::Instant;

/// Rows made while they are read, so that the file itself takes no memory.
struct Rows {
    row: u64,
    rows: u64,
    line: Vec<u8>,
    make: fn(u64) -> String,
}

impl Read for Rows {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.line.len() < 64 * 1024 && self.row < self.rows {
            self.line.extend((self.make)(self.row).bytes());
            self.row += 1;
        }
        let count = out.len().min(self.line.len());
        out[..count].copy_from_slice(&self.line[..count]);
        self.line.drain(..count);
        Ok(count)
    }
}

fn csv(row: u64) -> String {
    match row {
        0 => "number,password,valid_until\n".to_owned(),
        row => format!(
            "NO{row:012},{:016X}-{row:06},2030-12-31\n",
            row.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ),
    }
}

fn txt(row: u64) -> String {
    format!("NO{row:012}----{:016x}\n", row.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn chinese(row: u64) -> String {
    match row {
        0 => "账号,密码,密保答案\n".to_owned(),
        row => format!("user{row}@example.com,\"P,{row:08}\",我的小学在上海{row}\n"),
    }
}

fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let now = Timestamp::parse("2026-01-01T00:00:00Z").expect("a time");
    for (name, format, make) in [
        ("csv", Format::Csv, csv as fn(u64) -> String),
        ("txt", Format::Txt, txt),
        ("chinese csv", Format::Csv, chinese),
    ] {
        let file = || Rows { row: 0, rows, line: Vec::new(), make };
        let told = Told::new(format, "Asia/Shanghai", now);
        let start = Instant::now();
        let made = std::io::copy(&mut file(), &mut std::io::sink()).expect("a file");
        let making = start.elapsed();
        let start = Instant::now();
        let inspection = inspect(file(), &told).expect("a file that can be read");
        let inspecting = start.elapsed().saturating_sub(making);
        let start = Instant::now();
        let good = CodeFile::new(file(), &inspection.plan())
            .expect("a plan")
            .filter(|row| matches!(row, Ok(Ok(_))))
            .count();
        let reading = start.elapsed().saturating_sub(making);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak =
            status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
        println!(
            "{name}: {made} bytes, {good} codes, plain {}; inspected in {inspecting:?}, read in {reading:?}; {peak}",
            inspection.is_plain()
        );
    }
}
