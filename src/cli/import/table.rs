//! Reports in words.

use std::fmt::Write;

use comfy_table::{CellAlignment, Table, presets};

use crate::import::report::{Remark, Remarks};

/// Rows of a list that are printed; JSON has more of them.
const PRINTED: usize = 20;

/// Names and counts, the counts right-aligned.
pub(super) fn counts<'a>(rows: impl IntoIterator<Item = (&'a str, u64)>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for (name, count) in rows {
        table.add_row([name.to_owned(), grouped(count)]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt() + "\n"
}

/// That a file was refused for its rows.
pub(super) fn too_many_rejected(rejected: u64, rows: u64) -> String {
    format!(
        "\nRefused: {} of {} rows were rejected, more than --max-rejected allows. Nothing was written.\n",
        grouped(rejected),
        grouped(rows)
    )
}

/// What comes before what would have been done.
pub(super) const fn would(dry_run: bool) -> &'static str {
    if dry_run {
        "Dry run, nothing was written: "
    } else {
        ""
    }
}

/// What was said of rows, with the first of them; nothing when there are none.
pub(super) fn remarks(title: &str, remarks: &Remarks) -> String {
    if remarks.count == 0 {
        return String::new();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["file", "line", "row", "reason"]);
    for Remark {
        file,
        line,
        key,
        reason,
        ..
    } in remarks.rows.iter().take(PRINTED)
    {
        let file = file.rsplit(['/', ' ']).next().unwrap_or(file);
        table.add_row([file, &line.to_string(), key, reason]);
    }
    let kinds: Vec<_> = remarks
        .by_code
        .iter()
        .map(|(code, count)| format!("{code} {}", grouped(*count)))
        .collect();
    let mut text = format!(
        "\n{title}: {} ({})\n{}\n",
        grouped(remarks.count),
        kinds.join(", "),
        table.trim_fmt()
    );
    if remarks.count > PRINTED as u64 {
        writeln!(text, "… the others are in the report of --format json").ok();
    }
    text
}

/// A number with its thousands apart: 2,121.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (2_121, "2,121"),
            (10_000, "10,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }
}
