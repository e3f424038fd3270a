//! Files that somebody hands in.

use domain::evidence::{EvidenceKind, FileName};
use domain::npi::Npi;
use drypoint::service::Trouble;
use drypoint::service::evidence::{Label, Receipt, hand_in, receive};

use super::desk::{Desk, Hand};

/// What begins like a document, and is another for each word.
pub(crate) fn a_pdf(word: &str) -> Vec<u8> {
    format!("%PDF-1.7\n%\u{e2}\u{e3}\n{word}\n%%EOF\n").into_bytes()
}

/// A certificate of a person.
pub(crate) fn certificate_of(npi: Npi) -> Label {
    Label {
        provider: npi,
        kind: EvidenceKind::CertificateScan,
        file_name: FileName::sanitised("certificate.pdf"),
        idempotency_key: None,
    }
}

impl Desk {
    /// Hands a file in, as the endpoint does.
    pub(crate) async fn hand_in(
        &self,
        by: &Hand,
        label: Label,
        bytes: &[u8],
    ) -> Result<Receipt, Trouble> {
        let mut incoming = receive(&self.app, &by.who).await?;
        incoming.write(bytes).await.unwrap();
        hand_in(&self.app, &by.who, incoming, label).await
    }

    /// The id of a certificate that was handed in, by its word another each.
    pub(crate) async fn certificate(&self, by: &Hand, npi: Npi, word: &str) -> String {
        let receipt = self.hand_in(by, certificate_of(npi), &a_pdf(word)).await;
        format!("evidence_{}", receipt.unwrap().evidence.id.0)
    }
}
