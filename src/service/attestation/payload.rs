//! The text that is signed: canonical JSON (RFC 8785) of everything that the signature is about.

use domain::needle::attestation::{Claim, Content, Sha256, Signature};
use domain::needle::product::{ClaimedLot, ClaimedNeedle, NeedleLine};
use domain::needle::statement::Statement;
use serde_json::{Value, json};
use sha2::Digest;

/// A text in its one spelling, and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// Canonical JSON.
    pub text: Box<str>,
    /// Of the text.
    pub sha256: Sha256,
}

impl Payload {
    fn of(value: &Value) -> Self {
        let text = serde_json_canonicalizer::to_string(value)
            .expect("texts and whole numbers have a canonical form");
        Self {
            sha256: sha2::Sha256::digest(text.as_bytes()).into(),
            text: text.into(),
        }
    }

    /// Its SHA-256 in hexadecimal.
    pub fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.sha256)
    }
}

/// What is shown for signature: places, needles and the statements in words, without an answer.
pub fn shown(claim: &Claim) -> Payload {
    Payload::of(&said(claim))
}

/// What is signed: the same with the answers, who signs it and what that means.
pub fn signed(claim: &Claim, signature: &Signature) -> Payload {
    let mut value = said(claim);
    let answers = claim.content.answers;
    let answers: serde_json::Map<_, _> = Statement::ALL
        .iter()
        .map(|statement| (statement.code().to_owned(), json!(answers.get(*statement))))
        .collect();
    let (jurisdiction, number) = &signature.license;
    value["answers"] = Value::Object(answers);
    value["signature"] = json!({
        "account": format!("account_{}", signature.signer.0),
        "printedName": signature.printed_name,
        "license": { "jurisdiction": jurisdiction.code(), "number": number },
        "meaning": signature.meaning.code(),
        "signedAt": signature.signed_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
    });
    Payload::of(&value)
}

fn said(claim: &Claim) -> Value {
    let Content {
        locations,
        lines,
        statement_text_version,
        ..
    } = &claim.content;
    let statements: serde_json::Map<_, _> = Statement::ALL
        .iter()
        .map(|statement| (statement.code().to_owned(), json!(statement.text())))
        .collect();
    json!({
        "attestation": super::step::named(claim.id),
        "version": claim.version,
        "subject": claim.subject.to_string(),
        "locations": locations.iter().map(|id| format!("location_{}", id.0)).collect::<Vec<_>>(),
        "products": lines.iter().map(line).collect::<Vec<_>>(),
        "statements": statements,
        "statementTextVersion": statement_text_version,
    })
}

fn line(line: &NeedleLine) -> Value {
    let ClaimedNeedle {
        brand,
        labeler,
        catalog_number,
        di_issuer,
        device_identifier,
        product_code,
        fda_pathway,
        k510_number,
        single_use,
        rx_only,
        needle_kind,
        material,
        coating,
        diameter_um,
        length_mm,
        guide_tube,
        sterilization_method,
        sterile_as_packaged,
        needs_sterilization_before_use,
        claimed_standards,
        gudid_snapshot_on,
        source,
    } = &line.product;
    json!({
        "brand": brand,
        "labelerName": labeler,
        "catalogNumber": catalog_number,
        "diIssuer": di_issuer,
        "deviceIdentifier": device_identifier,
        "productCode": product_code,
        "fdaPathway": fda_pathway,
        "k510Number": k510_number,
        "singleUse": single_use,
        "rxOnly": rx_only,
        "needleKind": needle_kind,
        "material": material,
        "coating": coating,
        "diameterUm": diameter_um,
        "lengthMm": length_mm,
        "guideTube": guide_tube,
        "sterilizationMethod": sterilization_method,
        "sterileAsPackaged": sterile_as_packaged,
        "needsSterilizationBeforeUse": needs_sterilization_before_use,
        "claimedStandards": claimed_standards,
        "gudidSnapshotOn": gudid_snapshot_on,
        "source": source,
        "lots": line.lots.iter().map(lot).collect::<Vec<_>>(),
    })
}

fn lot(lot: &ClaimedLot) -> Value {
    let photo = lot.label_photo_sha256.as_ref();
    json!({
        "lot": lot.lot,
        "expiresOn": lot.expires.last_day,
        "expiryPrecision": lot.expires.precision,
        "manufacturedOn": lot.manufactured_on,
        "udi": lot.udi_raw,
        "receivedOn": lot.received_on,
        "supplier": lot.supplier,
        "labelPhotoSha256": photo.map(|digest| data_encoding::HEXLOWER.encode(digest)),
    })
}
