//! The second part of an HIBC: expiry, lot and serial number, each form with its flag.
//!
//! | form | means |
//! |---|---|
//! | `$` lot, `$+` serial | no date |
//! | `$$` … lot, `$$+` … serial | an expiry before it, in the form its first digit tells |
//! | `$$8` QQ, `$$9` QQQQQ | a quantity before that, passed over |
//! | YYJJJ lot | an old form |
//! | `/S`, `/14D`, `/16D` | serial; expiry, manufacture as YYYYMMDD |
//!
//! The first digit of an expiry: 0 or 1 MMYY (it is the month's own), 2 MMDDYY, 3 YYMMDD,
//! 4 YYMMDDHH, 5 YYJJJ, 6 YYJJJHH, 7 none. JJJ is the day of the year; the hour is checked and let
//! go, so that the last day is the one printed. ANSI/HIBC 2.6.

use chrono::NaiveDate;

use super::date::{DatePrecision, ExpiryDate, InvalidLabelDate, full_year, split_number};
use super::{InvalidUdi, Production};

pub(super) fn parse<'a>(
    parts: impl Iterator<Item = &'a str>,
    today: NaiveDate,
) -> Result<Production, InvalidUdi> {
    let mut production = Production::default();
    for (position, part) in parts.enumerate() {
        if position == 0
            && part.starts_with(|first: char| first == '$' || first.is_ascii_digit())
            && !is_supplement(part)
        {
            main_part(part, today, &mut production)?;
        } else {
            supplement(part, &mut production)?;
        }
    }
    Ok(production)
}

/// The parts that [`parse`] reads back, without the slashes between them.
pub(super) fn write(production: &Production) -> Vec<String> {
    let mut parts = Vec::new();
    // A serial number beside a lot goes into a part of its own.
    let (plus, value, apart) = match (&production.lot, &production.serial) {
        (Some(lot), serial) => ("", &**lot, serial.as_deref()),
        (None, Some(serial)) => ("+", &**serial, None),
        (None, None) => ("", "", None),
    };
    match production.expires {
        Some(ExpiryDate {
            last_day,
            precision: DatePrecision::Day,
        }) => {
            parts.push(format!("$${plus}3{}{value}", last_day.format("%y%m%d")));
        }
        Some(ExpiryDate {
            last_day,
            precision: DatePrecision::Month,
        }) => {
            parts.push(format!("$${plus}{}{value}", last_day.format("%m%y")));
        }
        None if !value.is_empty() => parts.push(format!("${plus}{value}")),
        None => {}
    }
    parts.extend(apart.map(|serial| format!("S{serial}")));
    parts.extend(
        production
            .made_on
            .map(|made_on| format!("16D{}", made_on.format("%Y%m%d"))),
    );
    parts
}

/// `14D…` and `16D…` begin with a digit as the old YYJJJ form does, and are told by their third character.
fn is_supplement(part: &str) -> bool {
    part.starts_with("14D") || part.starts_with("16D")
}

fn main_part(part: &str, today: NaiveDate, into: &mut Production) -> Result<(), InvalidUdi> {
    let unknown = || InvalidUdi::HibcSecondary(part.into());
    let (dated, is_serial, rest) = if let Some(rest) = part.strip_prefix("$$+") {
        (true, true, rest)
    } else if let Some(rest) = part.strip_prefix("$$") {
        (true, false, rest)
    } else if let Some(rest) = part.strip_prefix("$+") {
        (false, true, rest)
    } else if let Some(rest) = part.strip_prefix('$') {
        (false, false, rest)
    } else {
        let (expires, lot) = take_date(part, "YYJJJ", today).ok_or_else(unknown)??;
        into.expires = Some(expires);
        into.lot = number(lot).ok_or_else(unknown)?;
        return Ok(());
    };
    let mut rest = rest;
    if dated {
        rest = skip_quantity(rest).ok_or_else(unknown)?;
        // A quantity may stand alone.
        if !rest.is_empty() {
            (into.expires, rest) = take_expiry(rest, today).ok_or_else(unknown)??;
        }
    }
    let value = number(rest).ok_or_else(unknown)?;
    if is_serial {
        into.serial = value;
    } else {
        into.lot = value;
    }
    Ok(())
}

fn supplement(part: &str, into: &mut Production) -> Result<(), InvalidUdi> {
    let unknown = || InvalidUdi::HibcSecondary(part.into());
    if let Some(serial) = part.strip_prefix('S') {
        let serial = number(serial).flatten().ok_or_else(unknown)?;
        return set_once(&mut into.serial, serial, "S");
    }
    if let Some(digits) = part.strip_prefix("14D") {
        let expires = ExpiryDate::day(eight_digits(digits)?);
        return set_once(&mut into.expires, expires, "14D");
    }
    if let Some(digits) = part.strip_prefix("16D") {
        return set_once(&mut into.made_on, eight_digits(digits)?, "16D");
    }
    // A quantity, which says nothing about the device.
    let is_quantity = part.strip_prefix('Q').is_some_and(|count| {
        (1..=5).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit())
    });
    if is_quantity { Ok(()) } else { Err(unknown()) }
}

fn set_once<T>(field: &mut Option<T>, value: T, name: &str) -> Result<(), InvalidUdi> {
    if field.replace(value).is_some() {
        return Err(InvalidUdi::Duplicate(name.into()));
    }
    Ok(())
}

fn skip_quantity(text: &str) -> Option<&str> {
    match text.as_bytes().first() {
        Some(b'8') => Some(split_number(&text[1..], 2)?.1),
        Some(b'9') => Some(split_number(&text[1..], 5)?.1),
        _ => Some(text),
    }
}

/// The outer `None`: there is no date where one must be. The inner error: there is, and it is in no calendar.
type Dated<'a, T> = Option<Result<(T, &'a str), InvalidLabelDate>>;

fn take_expiry(text: &str, today: NaiveDate) -> Dated<'_, Option<ExpiryDate>> {
    let (form, digits) = match text.as_bytes().first()? {
        b'0' | b'1' => ("MMYY", text),
        b'2' => ("MMDDYY", &text[1..]),
        b'3' => ("YYMMDD", &text[1..]),
        b'4' => ("YYMMDDHH", &text[1..]),
        b'5' => ("YYJJJ", &text[1..]),
        b'6' => ("YYJJJHH", &text[1..]),
        b'7' => return Some(Ok((None, &text[1..]))),
        _ => return None,
    };
    let read = take_date(digits, form, today)?;
    Some(read.map(|(date, rest)| (Some(date), rest)))
}

/// Takes a date off the front of a text; `form` spells it in runs of Y, M, D, J and H.
fn take_date<'a>(text: &'a str, form: &str, today: NaiveDate) -> Dated<'a, ExpiryDate> {
    let (mut year, mut month, mut day, mut day_of_year, mut hour) = (0, 0, None, None, 0);
    let mut rest = text;
    let mut form_rest = form;
    while let Some(kind) = form_rest.chars().next() {
        let width = form_rest.chars().take_while(|next| *next == kind).count();
        form_rest = &form_rest[width..];
        let (number, after) = split_number(rest, width)?;
        rest = after;
        match kind {
            'Y' => year = full_year(number, today),
            'M' => month = number,
            'D' => day = Some(number),
            'J' => day_of_year = Some(number),
            _ => hour = number,
        }
    }
    let date = match (day, day_of_year) {
        (Some(day), _) => NaiveDate::from_ymd_opt(year, month, day).map(ExpiryDate::day),
        (None, Some(day)) => NaiveDate::from_yo_opt(year, day).map(ExpiryDate::day),
        (None, None) => ExpiryDate::month(year, month),
    };
    let digits = &text[..text.len() - rest.len()];
    Some(
        date.filter(|_| hour < 24)
            .map(|date| (date, rest))
            .ok_or_else(|| InvalidLabelDate(digits.into())),
    )
}

fn eight_digits(digits: &str) -> Result<NaiveDate, InvalidLabelDate> {
    let read = || {
        let (year, rest) = split_number(digits, 4)?;
        let (month, rest) = split_number(rest, 2)?;
        let (day, rest) = split_number(rest, 2)?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        rest.is_empty().then_some(date)
    };
    read().ok_or_else(|| InvalidLabelDate(digits.into()))
}

/// A lot or serial number of up to 18 characters: `Some(None)` when it is empty, `None` when it is malformed.
#[expect(clippy::option_option, reason = "absent and malformed are two answers")]
fn number(text: &str) -> Option<Option<Box<str>>> {
    let fits = text.len() <= 18
        && text
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.'));
    fits.then(|| (!text.is_empty()).then(|| text.into()))
}
