//! Lines that count codes instead of holding one: `合计：100`, `共 100 张`, `Total: 100`.

/// Whether a line is a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    /// No code reads like this.
    Certain,
    /// It may be a code.
    Likely,
    /// Nothing says so.
    No,
}

const SUMS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "总数",
    "共计",
    "总共",
    "汇总",
    "累计",
    "总数量",
    "数量合计",
    "合計",
    "總計",
];
const SUMS_EN: [&str; 7] =
    ["grand total", "subtotal", "sub total", "total", "sum", "count", "totals"];
const UNITS: [char; 16] = [
    '张', '条', '个', '份', '组', '枚', '行', '笔', '套', '件', '码', '张', '次', '元', '張', '個',
];

/// What a line of text is.
pub(crate) fn of_line(text: &str) -> Total {
    of_cells(std::iter::once(text))
}

/// What a record is, by its cells.
pub(crate) fn of_cells<'a>(cells: impl Iterator<Item = &'a str>) -> Total {
    let mut filled = cells.map(str::trim).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return Total::No };
    if first.len() > 96 || !first.as_bytes()[0].is_ascii_alphabetic() && first.is_ascii() {
        return Total::No;
    }
    let found = of_text(first);
    if found == Total::No || !filled.all(|cell| of_amount(cell) || of_text(cell) != Total::No) {
        return Total::No;
    }
    found
}

fn of_text(text: &str) -> Total {
    if !text.is_ascii() {
        let inner = text.trim_start_matches([
            '（', '(', '【', '[', '以', '上', '本', '页', '—', '-', '=', '*', ' ',
        ]);
        let inner =
            inner.trim_end_matches(['）', ')', '】', ']', '。', '.', '—', '-', '=', '*', ' ']);
        let sum = SUMS.iter().filter_map(|sum| inner.strip_prefix(sum)).any(of_amount);
        let counted = inner
            .strip_prefix('共')
            .is_some_and(|rest| rest.bytes().any(|b| b.is_ascii_digit()) && of_amount(rest));
        return if sum || counted { Total::Certain } else { Total::No };
    }
    if text.len() > 40 || !matches!(text.as_bytes()[0] | 0x20, b'g' | b's' | b't' | b'c') {
        return Total::No;
    }
    let lower = text.to_ascii_lowercase();
    let sum = SUMS_EN.iter().filter_map(|sum| lower.strip_prefix(sum)).any(of_amount);
    if sum { Total::Likely } else { Total::No }
}

/// Whether a text is a number with its unit, or nothing.
fn of_amount(text: &str) -> bool {
    let text = text.trim_matches([':', '：', ' ', '\u{3000}', '=', '计', '有']);
    let digits =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '));
    let rest = digits.trim();
    rest.is_empty()
        || rest.chars().next().is_some_and(|unit| UNITS.contains(&unit))
            && rest.chars().count() <= 8
            && !rest.bytes().any(|b| b.is_ascii_alphanumeric())
        || matches!(rest, "codes" | "cards" | "rows" | "items" | "records" | "pcs")
        || rest.starts_with('卡') && rest.chars().count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_codes() {
        let certain = [
            "共 100 张",
            "共100张卡密",
            "合计：100",
            "总计 1,000 条",
            "合计",
            "以上共 5 个",
            "（共 3 条）",
            "小计:50元",
        ];
        for text in certain {
            assert_eq!(of_line(text), Total::Certain, "{text}");
        }
        for text in ["Total: 100", "TOTAL 5", "Grand total 7", "total", "Sum: 5", "Count: 3 rows"] {
            assert_eq!(of_line(text), Total::Likely, "{text}");
        }
        let codes =
            ["共享密码1", "合计划A1", "100", "ABC", "Totally1", "summer22", "共A1", "", "总统卡"];
        for text in codes {
            assert_eq!(of_line(text), Total::No, "{text}");
        }
        assert_eq!(of_cells(["合计", "", "100"].into_iter()), Total::Certain);
        assert_eq!(of_cells(["合计", "SECRET1"].into_iter()), Total::No);
    }
}
