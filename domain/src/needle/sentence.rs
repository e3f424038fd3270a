//! What patients read about needles, in its fixed wording (verification.md 4.3).
//!
//! A clearance is no approval, and saying so is misbranding (21 CFR 807.97); registration of an
//! establishment is none either (21 CFR 807.39). So the words below never say one or the other, and
//! neither may a brand.

use chrono::NaiveDate;

use super::k_number::KNumber;
use crate::attestation::{FdaPathway, NeedleProduct};
use crate::codes::codes;

codes! {
    /// How sure we are of an attestation.
    pub enum AttestationAssurance("attestation assurance") {
        /// Its numbers and dates were checked by machine.
        MachineChecked = "MACHINE_CHECKED",
        /// A person has also seen the evidence.
        EvidenceReviewed = "EVIDENCE_REVIEWED",
    }
}

impl AttestationAssurance {
    /// What was checked, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::MachineChecked => {
                "the form of the statement, sizes, dates and device numbers, by machine"
            }
            Self::EvidenceReviewed => {
                "the form of the statement, sizes, dates and device numbers, by machine, \
                 and the evidence for them, by a reviewer"
            }
        }
    }
}

/// An attestation in force as its sentence needs it.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// The signer's name in full.
    pub name: &'a str,
    /// The day of the signature.
    pub signed_on: NaiveDate,
    /// The needles.
    pub products: &'a [NeedleProduct],
    /// What we checked.
    pub assurance: AttestationAssurance,
    /// The last day.
    pub valid_until: NaiveDate,
}

/// The whole attestation in one paragraph for patients.
pub fn sentence(accepted: &InForce<'_>) -> String {
    let needles: Vec<_> = accepted
        .products
        .iter()
        .map(|product| needle(product, accepted.signed_on))
        .collect();
    let needles = if needles.is_empty() {
        "no product named".to_owned()
    } else {
        needles.join("; ")
    };
    format!(
        "On {} {} attested to using sterile, single-use filiform needles ({}). \
         Checked by us: {}. Valid until {}. We did not test the needles.",
        day(accepted.signed_on),
        accepted.name,
        needles,
        accepted.assurance.words(),
        day(accepted.valid_until),
    )
}

/// How a needle came to market, in words, as known on a day: a number of a year to come is none.
pub fn fda_text(product: &NeedleProduct, on: NaiveDate) -> String {
    match product.fda_pathway {
        FdaPathway::Cleared510k => {
            let number = product.k510_number.as_deref();
            match number.map(|text| KNumber::parse(text, on)) {
                Some(Ok(number)) => format!("cleared by FDA as {number}"),
                Some(Err(_)) | None => NOT_STATED.to_owned(),
            }
        }
        FdaPathway::Exempt510k => {
            "exempt from FDA premarket clearance since 2019 (21 CFR 880.5580)".to_owned()
        }
        FdaPathway::NotUsMarketed | FdaPathway::Unknown => NOT_STATED.to_owned(),
    }
}

/// Does a text say of a needle what must never be said: that FDA approved or registered it?
///
/// Case, and whatever stands between the words that is neither letter nor digit, make no difference.
pub fn says_approved(text: &str) -> bool {
    let plain: String = text
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    [
        "fdaapprov",
        "fdaregist",
        "approvedbyfda",
        "approvedbythefda",
        "registeredwithfda",
        "registeredwiththefda",
    ]
    .iter()
    .any(|said| plain.contains(said))
}

const NOT_STATED: &str = "FDA status not stated";

fn needle(product: &NeedleProduct, on: NaiveDate) -> String {
    let fda_text = fda_text(product, on);
    let needle = format!("{}, {fda_text}", product.brand);
    // The checks refuse such a brand; one that is on file all the same is not printed, nor one that
    // says it together with the words that follow.
    if says_approved(&needle) {
        format!("brand not shown, {fda_text}")
    } else {
        needle
    }
}

pub(super) fn day(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needle::finding::FindingCode;
    use crate::needle::product::InvalidProductCode;
    use crate::needle::size::SizeQuestion;
    use crate::needle::statement::Statement;
    use crate::needle::test_support::{a_line, in_days, today};
    use proptest::prelude::*;

    fn product(brand: &str, fda_pathway: FdaPathway, number: Option<&str>) -> NeedleProduct {
        NeedleProduct {
            brand: brand.into(),
            fda_pathway,
            k510_number: number.map(Into::into),
            ..a_line(&[("A", in_days(90))]).shown()
        }
    }

    fn accepted(products: &[NeedleProduct]) -> InForce<'_> {
        InForce {
            name: "Ada Sample",
            signed_on: today(),
            products,
            assurance: AttestationAssurance::MachineChecked,
            valid_until: in_days(120),
        }
    }

    #[test]
    fn the_sentence_has_its_fixed_wording() {
        let products = [
            product("Filum", FdaPathway::Cleared510k, Some("k961339 ")),
            product("Acus", FdaPathway::Exempt510k, None),
        ];
        assert_eq!(
            sentence(&accepted(&products)),
            "On November 21, 2026 Ada Sample attested to using sterile, single-use filiform needles \
             (Filum, cleared by FDA as K961339; Acus, exempt from FDA premarket clearance since 2019 \
             (21 CFR 880.5580)). Checked by us: the form of the statement, sizes, dates and device \
             numbers, by machine. Valid until March 21, 2027. We did not test the needles."
        );
    }

    #[test]
    fn a_needle_is_cleared_exempt_or_not_stated() {
        #[track_caller]
        fn check(pathway: FdaPathway, number: Option<&str>, expected: &str) {
            assert_eq!(fda_text(&product("F", pathway, number), today()), expected);
        }
        let not_stated = "FDA status not stated";
        check(
            FdaPathway::Cleared510k,
            Some("K961339"),
            "cleared by FDA as K961339",
        );
        check(FdaPathway::Cleared510k, Some("FDA approved"), not_stated);
        check(
            FdaPathway::Cleared510k,
            Some("K991339 and approved"),
            not_stated,
        );
        check(FdaPathway::Cleared510k, Some("K270001"), not_stated);
        check(FdaPathway::Cleared510k, None, not_stated);
        check(
            FdaPathway::Exempt510k,
            Some("K961339"),
            "exempt from FDA premarket clearance since 2019 (21 CFR 880.5580)",
        );
        check(FdaPathway::NotUsMarketed, None, not_stated);
        check(FdaPathway::Unknown, None, not_stated);
    }

    #[test]
    fn the_forbidden_words_are_known_in_every_dress() {
        for text in [
            "FDA approved",
            "fda-approved",
            "F.D.A. Approval",
            "Approved by the FDA",
            "approved by\u{a0}FDA",
            "FDA registered",
            "FDA  Registration",
        ] {
            assert!(says_approved(text), "{text}");
        }
        for text in [
            "cleared by FDA as K961339",
            "approved needles",
            "FDA status not stated",
            "",
        ] {
            assert!(!says_approved(text), "{text}");
        }
    }

    /// Every text of this room that anybody may read.
    #[test]
    fn no_text_says_the_forbidden_words() {
        let mut texts: Vec<String> = Vec::new();
        texts.extend(
            Statement::ALL
                .iter()
                .map(|statement| statement.text().to_owned()),
        );
        texts.extend(
            FindingCode::ALL
                .iter()
                .map(|code| code.code().replace('_', " ")),
        );
        texts.extend(
            AttestationAssurance::ALL
                .iter()
                .map(|sure| sure.words().to_owned()),
        );
        texts.push(SizeQuestion::WhichUnit("30".into()).to_string());
        texts.push(InvalidProductCode::DidYouMeanMqx("MOX".into()).to_string());
        for pathway in FdaPathway::ALL {
            for number in [None, Some("K961339"), Some("FDA approved"), Some("")] {
                let mut claimed = a_line(&[("A", today()), ("", in_days(9_999))]);
                claimed.product.fda_pathway = *pathway;
                claimed.product.k510_number = number.map(Into::into);
                claimed.product.brand = "FDA approved".into();
                claimed.product.diameter_um = 0;
                claimed.product.length_mm = 0;
                claimed.product.single_use = false;
                claimed.product.sterile_as_packaged = false;
                claimed.product.needs_sterilization_before_use = true;
                texts.push(sentence(&accepted(&[claimed.shown()])));
                let findings =
                    crate::needle::check::check(&claimed.product, &claimed.lots, today());
                assert!(findings.len() >= 7);
                texts.extend(findings.iter().map(|finding| finding.message.to_string()));
            }
        }
        for text in texts {
            assert!(!says_approved(&text), "{text}");
        }
    }

    #[test]
    fn a_brand_says_nothing_together_with_what_follows_it() {
        let products = [product("Approved by", FdaPathway::Unknown, None)];
        let text = sentence(&accepted(&products));
        assert!(
            text.contains("(brand not shown, FDA status not stated)"),
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn no_brand_puts_the_words_into_the_sentence(
            before in "[A-Za-z ]{0,6}",
            words in prop::sample::select(vec!["FDA approved", "Fda-Approved", "FDA registered", "F D A  a p p r o v e d"]),
            after in any::<String>(),
        ) {
            let brand = format!("{before}{words}{after}");
            let products = [product(&brand, FdaPathway::Exempt510k, None)];
            prop_assert!(!says_approved(&sentence(&accepted(&products))));
        }
    }
}
