//! Stretches of a person's own calendar days, as instants. A day may have 23 or 25 hours.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use dossiers::Span;

use crate::{errors::DeskError, views::list::Stretch};

/// `None`: the stretch leaves nothing out.
pub fn span<Z: TimeZone>(
    stretch: &Stretch,
    now: DateTime<Utc>,
    zone: &Z,
) -> Result<Option<Span>, DeskError> {
    let today = now.with_timezone(zone).date_naive();
    Ok(Some(match stretch {
        Stretch::Today => days(today, today, zone),
        Stretch::Yesterday => {
            let yesterday = earlier(today, 1);
            days(yesterday, yesterday, zone)
        }
        Stretch::LastDays { days: count } => days(
            earlier(today, u64::from(count.saturating_sub(1))),
            today,
            zone,
        ),
        Stretch::NextHours { hours } => Span {
            from: Some(now),
            to: now.checked_add_signed(TimeDelta::hours((*hours).into())),
        },
        // Deadlines are whole seconds, and one that is so many hours away counts.
        Stretch::WithinHours { hours } => Span {
            from: None,
            to: DateTime::from_timestamp(now.timestamp() + 1, 0)
                .and_then(|next| next.checked_add_signed(TimeDelta::hours((*hours).into()))),
        },
        Stretch::Past => Span {
            from: None,
            to: Some(now),
        },
        Stretch::Between { from, to } => {
            return span_between(from.as_deref(), to.as_deref(), zone);
        }
        Stretch::Never => Span::default(),
    }))
}

/// From the first instant of a day to the last of another, both `YYYY-MM-DD`. `None`: no end is said.
pub fn span_between<Z: TimeZone>(
    from: Option<&str>,
    to: Option<&str>,
    zone: &Z,
) -> Result<Option<Span>, DeskError> {
    let day = |text: Option<&str>, field: &str| {
        text.map(|text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .map_err(|_| DeskError::invalid_field(field, "date"))
        })
        .transpose()
    };
    let span = Span {
        from: day(from, "from")?.map(|day| begin(day, zone)),
        to: day(to, "to")?.map(|day| end(day, zone)),
    };
    Ok((span != Span::default()).then_some(span))
}

fn days<Z: TimeZone>(first: NaiveDate, last: NaiveDate, zone: &Z) -> Span {
    Span {
        from: Some(begin(first, zone)),
        to: Some(end(last, zone)),
    }
}

fn earlier(day: NaiveDate, count: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(count))
        .unwrap_or(NaiveDate::MIN)
}

fn end<Z: TimeZone>(day: NaiveDate, zone: &Z) -> DateTime<Utc> {
    day.checked_add_days(Days::new(1))
        .map_or(DateTime::<Utc>::MAX_UTC, |next| begin(next, zone))
}

/// The first instant of a day; where clocks skip midnight, the instant they skip to.
fn begin<Z: TimeZone>(day: NaiveDate, zone: &Z) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut quarter = 0;
    loop {
        let read = zone.from_local_datetime(&(midnight + TimeDelta::minutes(15 * quarter)));
        match read {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => {
                return at.with_timezone(&Utc);
            }
            // Clocks have never skipped more than a day.
            MappedLocalTime::None if quarter < 100 => quarter += 1,
            MappedLocalTime::None => return midnight.and_utc(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Sao_Paulo, Europe::Paris};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn of(stretch: &Stretch, now: &str, zone: chrono_tz::Tz) -> (String, String) {
        let span = span(stretch, at(now), &zone).unwrap().unwrap();
        let shown = |at: Option<DateTime<Utc>>| at.map_or(String::new(), |at| at.to_rfc3339());
        (shown(span.from), shown(span.to))
    }

    #[test]
    fn a_day_is_the_persons_own_even_when_it_has_23_or_25_hours() {
        let hours = |now: &str| {
            let span = span(&Stretch::Today, at(now), &Paris).unwrap().unwrap();
            (span.to.unwrap() - span.from.unwrap()).num_hours()
        };
        assert_eq!(hours("2026-03-29T09:00:00Z"), 23);
        assert_eq!(hours("2026-10-25T09:00:00Z"), 25);
        assert_eq!(hours("2026-11-23T09:00:00Z"), 24);
        assert_eq!(
            of(&Stretch::Today, "2026-11-22T23:30:00Z", Paris),
            (
                "2026-11-22T23:00:00+00:00".into(),
                "2026-11-23T23:00:00+00:00".into()
            ),
            "half past midnight in Paris is the new day"
        );
    }

    #[test]
    fn a_day_without_a_midnight_begins_where_the_clocks_skip_to() {
        let day = Stretch::Between {
            from: Some("2018-11-04".into()),
            to: Some("2018-11-04".into()),
        };
        assert_eq!(
            of(&day, "2026-01-01T00:00:00Z", Sao_Paulo),
            (
                "2018-11-04T03:00:00+00:00".into(),
                "2018-11-05T02:00:00+00:00".into()
            )
        );
    }

    #[test]
    fn stretches_count_today_and_both_ends() {
        let now = "2026-11-23T09:00:00Z";
        let last = Stretch::LastDays { days: 7 };
        assert_eq!(
            of(&last, now, Paris),
            (
                "2026-11-16T23:00:00+00:00".into(),
                "2026-11-23T23:00:00+00:00".into()
            )
        );
        let until = Stretch::Between {
            from: None,
            to: Some("2026-11-01".into()),
        };
        assert_eq!(
            of(&until, now, Paris),
            (String::new(), "2026-11-01T23:00:00+00:00".into())
        );
        let next = Stretch::NextHours { hours: 48 };
        assert_eq!(
            of(&next, now, Paris),
            (
                "2026-11-23T09:00:00+00:00".into(),
                "2026-11-25T09:00:00+00:00".into()
            )
        );
    }

    #[test]
    fn within_so_many_hours_means_what_passed_too_and_the_last_second() {
        let within = Stretch::WithinHours { hours: 48 };
        for now in ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00.700Z"] {
            assert_eq!(
                of(&within, now, Paris),
                (String::new(), "2026-11-25T09:00:01+00:00".into())
            );
        }
    }

    #[test]
    fn a_stretch_without_ends_leaves_nothing_out_and_a_wrong_date_is_said() {
        let open = Stretch::Between {
            from: None,
            to: None,
        };
        assert_eq!(
            span(&open, at("2026-11-23T09:00:00Z"), &Paris).unwrap(),
            None
        );
        let wrong = Stretch::Between {
            from: Some("2026-02-30".into()),
            to: None,
        };
        let refused = span(&wrong, at("2026-11-23T09:00:00Z"), &Paris).unwrap_err();
        assert_eq!(refused.params["field"], "from");
    }
}
