//! The questions that an inspection asks, in English and Chinese.
//!
//! No text of the file stands in them but the names of its columns.

use crate::characters::Odd;
use crate::column::VALID_UNTIL;
use crate::date::Order;
use crate::finding::{Choice, Finding, FindingKind, SheetName, Spots};
use crate::layout::Slot;
use crate::survey::ColumnSeen;
use crate::told::Told;
use crate::{BUILTINS, Encoding, header};

/// A finding without its answer.
fn ask(
    id: &str,
    kind: FindingKind,
    spots: Spots,
    [question, question_zh]: [String; 2],
    choices: Vec<Choice>,
) -> Finding {
    let open = !choices.is_empty();
    Finding {
        id: id.to_owned(),
        kind,
        lines: spots.lines,
        count: spots.count,
        question,
        question_zh,
        choices,
        open,
    }
}

fn choice(value: &str, text: &str, text_zh: &str) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), text_zh: text_zh.to_owned() }
}

fn both(en: &str, zh: &str) -> [String; 2] {
    [en.to_owned(), zh.to_owned()]
}

pub(crate) fn encoding(choices: &[Encoding], spots: Spots) -> Finding {
    let of = |encoding: &Encoding| {
        let [text, text_zh] = match encoding {
            Encoding::Utf8 => {
                ["UTF-8 (lines that are not are refused)", "UTF-8（不符合的行将被拒收）"]
            }
            Encoding::Gb18030 => {
                ["Simplified Chinese (GBK, GB 18030)", "简体中文（GBK、GB 18030）"]
            }
            Encoding::Big5 => ["Traditional Chinese (Big5)", "繁体中文（Big5）"],
            Encoding::ShiftJis => ["Japanese (Shift-JIS)", "日文（Shift-JIS）"],
            Encoding::Latin1 => {
                ["Western European (Windows-1252, Latin-1)", "西欧语言（Windows-1252、Latin-1）"]
            }
            Encoding::Utf16Le => ["UTF-16, low byte first", "UTF-16（小端）"],
            Encoding::Utf16Be => ["UTF-16, high byte first", "UTF-16（大端）"],
        };
        choice(encoding.name(), text, text_zh)
    };
    let question = both(
        "The file is not UTF-8, and its lines do not say for certain in which encoding they are. Which is it? If you are not sure, save the file as UTF-8 and upload it again.",
        "文件不是 UTF-8 编码，也无法从内容确定是哪种编码，请选择。如不确定，请将文件另存为 UTF-8 后重新上传。",
    );
    ask("encoding", FindingKind::Encoding, spots, question, choices.iter().map(of).collect())
}

pub(crate) fn sheet(sheets: &[SheetName]) -> Finding {
    let of = |sheet: &SheetName| choice(&sheet.number.to_string(), &sheet.name, &sheet.name);
    let question = both(
        "Several sheets of the workbook have rows. Which one holds the codes? One sheet is imported; upload the file again for another.",
        "工作簿中有多个工作表含有内容，卡密在哪一个？一次导入一个工作表，其他工作表请再次上传。",
    );
    let choices = sheets.iter().map(of).collect();
    ask(crate::inspect::SHEET, FindingKind::Sheet, Spots::default(), question, choices)
}

pub(crate) fn separator(candidates: &[String], spots: Spots) -> Finding {
    let of = |candidate: &String| match candidate.as_str() {
        "none" => choice("none", "nothing: each whole line is one value", "不拆分：整行作为一个值"),
        "\t" => choice("\t", "a tab", "制表符"),
        " " => choice(" ", "spaces", "空格"),
        "," => choice(",", "a comma (,)", "英文逗号（,）"),
        "，" => choice("，", "a Chinese comma (，)", "中文逗号（，）"),
        text => choice(text, text, text),
    };
    let question = both(
        "The lines can be divided in more than one way, or not all in the same way. What stands between the fields of a code? Lines that do not have it are refused.",
        "各行的拆分方式不唯一或不一致。一个卡密的各项内容之间用什么分隔？不含所选分隔符的行将被拒收。",
    );
    ask("separator", FindingKind::Separator, spots, question, candidates.iter().map(of).collect())
}

pub(crate) fn records(candidates: &[&str], spots: Spots) -> Finding {
    let of = |candidate: &&str| match *candidate {
        "line" => choice("line", "each line is a code", "每行一个卡密"),
        "begin" => choice(
            "begin",
            "a code begins at each line with -----BEGIN",
            "每个以 -----BEGIN 开头的行是一个新卡密的开始",
        ),
        value => choice(
            value,
            "blank lines stand between codes of several lines",
            "卡密有多行，之间以空行分隔",
        ),
    };
    let question = both(
        "Some lines seem to belong together. Is each line a code, or has a code several lines?",
        "有些行看起来属于同一个卡密。是每行一个卡密，还是一个卡密有多行？",
    );
    ask("records", FindingKind::Records, spots, question, candidates.iter().map(of).collect())
}

pub(crate) fn header(line: u64) -> Finding {
    let mut spots = Spots::default();
    spots.add(line);
    let question = both(
        "The names of the columns were not recognised in the first line. Does it name the columns, or is it a code?",
        "第一行中没有识别出列名。它是表头，还是一个卡密？",
    );
    let choices = vec![
        choice("names", "it names the columns", "是表头"),
        choice("data", "it is a code, the file has no header", "是卡密，文件没有表头"),
    ];
    ask("header", FindingKind::Header, spots, question, choices)
}

pub(crate) fn above(lines: &[u64]) -> Finding {
    let mut spots = Spots::default();
    lines.iter().for_each(|line| spots.add(*line));
    let question = both(
        "There are lines above the header that may be titles or codes. What are they?",
        "表头上方有内容，可能是标题，也可能是卡密。它们是什么？",
    );
    let choices = vec![
        choice("skip", "titles: pass over them", "标题，跳过"),
        choice("keep", "codes: import them", "卡密，导入"),
    ];
    ask("above", FindingKind::NotData, spots, question, choices)
}

/// Lines that are no data for certain.
pub(crate) fn no_data(id: &str, spots: Spots) -> Finding {
    let question = match id {
        "header-again" => both(
            "The header stands here again; these lines are passed over.",
            "表头在此重复出现，这些行已跳过。",
        ),
        "header-changed" => both(
            "A header with other columns stands here. Lines below it are refused: import them as a file of their own.",
            "此处出现了不同的表头，其下各行将被拒收，请另存为单独的文件导入。",
        ),
        "titles" => both(
            "These lines above the header are titles; they are passed over.",
            "表头上方的这些行是标题，已跳过。",
        ),
        _ => both(
            "These lines count codes and hold none; they are passed over.",
            "这些是合计行，不是卡密，已跳过。",
        ),
    };
    ask(id, FindingKind::NotData, spots, question, Vec::new())
}

pub(crate) fn totals(spots: Spots) -> Finding {
    let question = both(
        "These lines look like totals. Are they codes?",
        "这些行看起来是合计行。它们是卡密吗？",
    );
    ask("totals", FindingKind::NotData, spots, question, skip_or_keep())
}

pub(crate) fn odd(place: usize, spots: Spots) -> Finding {
    let question = [
        format!(
            "In column {} these lines read like a remark, unlike all others. Are they codes?",
            place + 1
        ),
        format!("第 {} 列中，这些行与其他行明显不同，像是标题或说明。它们是卡密吗？", place + 1),
    ];
    ask(&format!("odd-{}", place + 1), FindingKind::Odd, spots, question, skip_or_keep())
}

/// Values without the label of their column.
pub(crate) fn unlabelled(place: usize, spots: Spots) -> Finding {
    let question = [
        format!(
            "In column {} these lines have another label than the others, or none. Are their values still what the column says?",
            place + 1
        ),
        format!(
            "第 {} 列中，这些行的标签与其他行不同或没有标签。它们的内容仍属于该列吗？",
            place + 1
        ),
    ];
    let choices = vec![
        choice("keep", "yes: import them as they stand", "是，原样导入"),
        choice("refuse", "no: refuse these lines", "不是，拒收这些行"),
    ];
    ask(&format!("label-{}", place + 1), FindingKind::Odd, spots, question, choices)
}

fn skip_or_keep() -> Vec<Choice> {
    vec![
        choice("skip", "no: pass over them", "不是，跳过"),
        choice("keep", "yes: import them", "是，导入"),
    ]
}

/// What a column means.
pub(crate) fn column(place: usize, slot: &Slot, seen: &ColumnSeen, told: &Told) -> Finding {
    let name = slot.header.as_ref().map_or(String::new(), |header| format!(" ({header})"));
    let name_zh = slot.header.as_ref().map_or(String::new(), |header| format!("（{header}）"));
    let [why, why_zh] = if seen.is_dates() {
        [
            "All its values look like dates: is it the end of validity?",
            "其中的值都像日期，是有效期截止时间吗？",
        ]
    } else if seen.is_states() {
        [
            "Its values say what state a code is in; codes that are used up must not be imported.",
            "其中的值像是卡密状态，已使用或已停用的卡密不应导入。",
        ]
    } else if slot.twin {
        ["Another column has the same meaning.", "另有一列含义相同。"]
    } else if slot.header.as_deref().is_some_and(header::sounds_like_an_end) {
        ["Its name sounds like the end of validity.", "列名像是有效期截止时间。"]
    } else if slot.strict_date {
        ["It looks like a date, but not in every line.", "看起来是日期，但并非每行都是。"]
    } else {
        ["Its meaning is not known.", "无法确定其含义。"]
    };
    let question = [
        format!(
            "What does column {}{name} hold? {why} Columns that the buyer should not get are ignored.",
            place + 1
        ),
        format!("第 {} 列{name_zh}是什么内容？{why_zh}不需要交给买家的列请选择忽略。", place + 1),
    ];
    let spots = if seen.is_dates() {
        seen.dates.clone()
    } else if slot.strict_date {
        seen.loose.clone()
    } else {
        Spots::default()
    };
    let mut finding =
        ask(&crate::layout::question(place), FindingKind::Column, spots, question, meanings(told));
    if finding.count == 0 {
        finding.count = seen.filled;
    }
    finding
}

/// What columns can mean: the SKU's fields first.
fn meanings(told: &Told) -> Vec<Choice> {
    let declared = |code: &str| told.fields.iter().any(|field| field.code == code);
    let fields = told.fields.iter().map(|field| choice(&field.code, &field.name, &field.name));
    let builtins = BUILTINS.iter().filter(|field| !declared(field.code));
    fields
        .chain(builtins.map(|field| choice(field.code, field.name_en, field.name_zh)))
        .chain([
            choice(VALID_UNTIL, "End of validity", "有效期截止时间"),
            choice("-", "Ignore this column", "忽略此列"),
        ])
        .collect()
}

pub(crate) fn date_order(orders: &[Order], spots: Spots) -> Finding {
    let of = |order: &Order| match order {
        Order::Dmy => choice(order.name(), "day, month, year", "日-月-年"),
        Order::Mdy => choice(order.name(), "month, day, year", "月-日-年"),
        Order::Ymd => choice(order.name(), "year, month, day", "年-月-日"),
    };
    let question = both(
        "In which order do day, month and year stand in these dates?",
        "这些日期中的年、月、日是什么顺序？",
    );
    ask("date-order", FindingKind::Dates, spots, question, orders.iter().map(of).collect())
}

pub(crate) fn date_serials(spots: Spots) -> Finding {
    let question = both(
        "These ends of validity are plain numbers, as spreadsheets keep dates. Are they dates?",
        "这些有效期是纯数字，像是电子表格内部的日期序号。它们是日期吗？",
    );
    let choices = vec![
        choice("date", "yes: days since the end of 1899", "是日期序号（自 1899 年末起的天数）"),
        choice("refuse", "no: refuse these lines", "不是，拒收这些行"),
    ];
    ask("date-serial", FindingKind::Dates, spots, question, choices)
}

pub(crate) fn date_lengths(spots: Spots) -> Finding {
    let question = both(
        "These ends of validity are lengths of time, like 30 days. From when do they run?",
        "这些有效期是时长（如 30 天），从何时起算？",
    );
    let choices = vec![
        choice("from_upload", "from the upload of this file", "从上传本文件时起算"),
        choice(
            "no_end",
            "from the buyer's use: the code itself has no end",
            "从买家使用时起算，卡密本身长期有效",
        ),
        choice("refuse", "refuse these lines", "拒收这些行"),
    ];
    ask("date-length", FindingKind::Dates, spots, question, choices)
}

/// The id of the question about odd characters.
pub(crate) fn characters_id(odd: Odd) -> &'static str {
    match odd {
        Odd::Spaces => "characters-spaces",
        Odd::ZeroWidth => "characters-zero-width",
        Odd::FullWidth => "characters-full-width",
        Odd::Dashes => "characters-dashes",
        Odd::Quotes => "characters-quotes",
    }
}

pub(crate) fn characters(odd: Odd, spots: Spots) -> Finding {
    let [what, clean, what_zh, clean_zh] = match odd {
        Odd::Spaces => [
            "unusual spaces (no-break or wide ones)",
            "make them plain spaces",
            "特殊空格（如不换行空格、全角空格）",
            "替换为普通空格",
        ],
        Odd::ZeroWidth => {
            ["invisible characters of no width", "remove them", "不可见的零宽字符", "删除"]
        }
        Odd::FullWidth => [
            "full-width letters or digits",
            "make them plain letters and digits",
            "全角字母、数字或符号",
            "替换为半角",
        ],
        Odd::Dashes => [
            "dashes that are not the plain hyphen",
            "make them plain hyphens",
            "特殊的破折号或连字符",
            "替换为普通连字符（-）",
        ],
        Odd::Quotes => ["curly quotes", "make them straight", "弯引号", "替换为直引号"],
    };
    let question = [
        format!("Values in these lines hold {what}; a buyer can hardly type them. Keep them?"),
        format!("这些行的内容中含有{what_zh}，买家很难输入。是否保留？"),
    ];
    let choices =
        vec![choice("keep", "keep them as they are", "原样保留"), choice("clean", clean, clean_zh)];
    ask(characters_id(odd), FindingKind::Characters, spots, question, choices)
}

pub(crate) fn quoted_records(spots: Spots) -> Finding {
    let question = both(
        "Quoted values here hold line breaks, and lines that look like codes of their own: perhaps a quote is missing or too many. Is each one value?",
        "此处引号内含有换行，其中的行看起来像独立的卡密，可能漏写或多写了引号。它们各自是一个完整的值吗？",
    );
    let choices = vec![
        choice("refuse", "no: refuse these records", "不是，拒收这些记录"),
        choice("keep", "yes: import each as one value", "是，按一个值导入"),
    ];
    ask("quoted-records", FindingKind::Quote, spots, question, choices)
}

pub(crate) fn torn(spots: Spots) -> Finding {
    let question = both(
        "These lines have a quote too many and too few columns: they may be the end of the record above, whose opening quote is missing. Such a record would be sold without its end.",
        "这些行多出一个引号且列数不足，可能是上一条记录的后半部分（漏写了开头的引号），上一条记录会因此不完整。",
    );
    let choices = vec![choice(
        "continue",
        "the records above are whole: refuse only these lines",
        "上一条记录是完整的，仅拒收这些行",
    )];
    ask("torn-records", FindingKind::Quote, spots, question, choices)
}

pub(crate) fn lost(spots: Spots) -> Finding {
    let question = both(
        "A quote is missing or misplaced here; so many lines are lost behind it, and none of them is imported.",
        "此处引号缺失或位置有误，其后的这些行无法读取，均不会导入。",
    );
    ask("quotes", FindingKind::Quote, spots, question, Vec::new())
}

pub(crate) fn damage(code: &str, spots: Spots, [en, zh]: [&str; 2]) -> Finding {
    let question = [format!("These lines are refused: {en}."), format!("这些行将被拒收：{zh}。")];
    ask(&format!("damage-{code}"), FindingKind::Damage, spots, question, Vec::new())
}
