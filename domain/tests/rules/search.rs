//! What a search may ask for, and what is refused at the door.

use domain::eligibility::ListingOutcome;
use domain::place::{GeoPoint, Jurisdiction};
use domain::search::{Criteria, Near, RawCriteria};

fn denver() -> GeoPoint {
    GeoPoint::new(39.75, -105.0).expect("a point")
}

#[test]
fn a_radius_is_more_than_nothing_and_at_most_500_miles() {
    for radius in [f64::MIN_POSITIVE, 1.0, 25.0, 500.0] {
        assert!(Near::new(denver(), Some(radius)).is_ok(), "{radius}");
    }
    for radius in [
        0.0,
        -0.0,
        -1.0,
        500.000_1,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ] {
        let refused = Near::new(denver(), Some(radius)).expect_err("no radius");
        assert_eq!(refused.field, "radiusMiles", "{radius}");
        assert!(refused.reason.contains("radiusMiles"), "{}", refused.reason);
    }
    let unsaid = Near::new(denver(), None).expect("the default");
    let metres = unsaid.radius_meters();
    assert!((metres - 40_233.6).abs() < 1e-6, "{metres}");
}

#[track_caller]
fn refused(raw: RawCriteria, field: &str) {
    let error = Criteria::new(raw).expect_err("impossible criteria");
    assert_eq!(error.field, field);
    assert_eq!(error.to_string(), error.reason);
}

/// A search that names Colorado and nothing else.
fn colorado() -> RawCriteria {
    RawCriteria {
        jurisdiction: Some(Jurisdiction::Co),
        ..RawCriteria::default()
    }
}

#[test]
fn a_search_says_where_or_who() {
    refused(RawCriteria::default(), "near");
    assert!(Criteria::new(colorado()).is_ok());
    let by_name = RawCriteria {
        name: Some("Ada".to_owned()),
        ..RawCriteria::default()
    };
    assert!(Criteria::new(by_name).is_ok());
    let near = RawCriteria {
        near: Near::new(denver(), None).ok(),
        ..RawCriteria::default()
    };
    assert!(Criteria::new(near).is_ok());
}

#[test]
fn verified_people_are_found_unless_more_are_asked_for() {
    let at_least = |at_least| {
        Criteria::new(RawCriteria {
            at_least,
            ..colorado()
        })
        .map(|criteria| criteria.at_least())
    };
    assert_eq!(at_least(None), Ok(ListingOutcome::Verified));
    assert_eq!(
        at_least(Some(ListingOutcome::Unverified)),
        Ok(ListingOutcome::Unverified)
    );
    refused(
        RawCriteria {
            at_least: Some(ListingOutcome::NotListed),
            ..colorado()
        },
        "atLeast",
    );
}

#[test]
fn days_since_a_check_are_within_ten_years() {
    for (days, possible) in [(-1, false), (0, true), (3_660, true), (3_661, false)] {
        let raw = RawCriteria {
            verified_within_days: Some(days),
            ..colorado()
        };
        if possible {
            assert!(Criteria::new(raw).is_ok(), "{days}");
        } else {
            refused(raw, "verifiedWithinDays");
        }
    }
}

#[test]
fn a_name_has_a_letter() {
    for name in ["", " ", "\t\n", "--", "'"] {
        let raw = RawCriteria {
            name: Some(name.to_owned()),
            ..colorado()
        };
        refused(raw, "name");
    }
    for name in ["a", "O'Neil", "Åsa", "李"] {
        let raw = RawCriteria {
            name: Some(name.to_owned()),
            ..colorado()
        };
        assert!(Criteria::new(raw).is_ok(), "{name}");
    }
}

#[test]
fn a_radius_needs_a_middle() {
    assert_eq!(Near::asked(None, None), Ok(None));
    assert_eq!(
        Near::asked(Some(denver()), None),
        Near::new(denver(), None).map(Some)
    );
    let refused = Near::asked(None, Some(5.0)).expect_err("no middle");
    assert_eq!(refused.field, "radiusMiles");
    assert!(refused.reason.contains("near"), "{}", refused.reason);
}

#[test]
fn a_language_is_a_tag() {
    for (tag, possible) in [
        ("en", true),
        ("es-MX", true),
        ("zh-Hant", true),
        ("", false),
        (" ", false),
        ("en us", false),
        ("e", false),
        ("español", false),
        ("1", false),
        (&format!("en{}-abcdefg", "-abcdefgh".repeat(6)), true),
        (&format!("en{}-abcdefgh", "-abcdefgh".repeat(6)), false),
    ] {
        let raw = RawCriteria {
            languages: vec![tag.to_owned()],
            ..colorado()
        };
        if possible {
            assert!(Criteria::new(raw).is_ok(), "{tag}");
        } else {
            refused(raw, "languages");
        }
    }
}
