//! The day, as `2026-11-23` in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::{Env, variable};

/// Today; `SOURCE_DATE_EPOCH` (reproducible-builds.org) says another day.
pub fn today(env: &Env) -> String {
    let said = variable(env, "SOURCE_DATE_EPOCH").and_then(|text| text.to_str()?.parse::<u64>().ok());
    let seconds = said
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()));
    day(seconds / 86_400)
}

/// The day so many days after 1970-01-01, in the Gregorian calendar.
fn day(mut days: u64) -> String {
    let is_leap = |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(20_780), "2026-11-23");
        assert_eq!(day(364), "1970-12-31");
    }
}
