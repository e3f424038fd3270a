//! Bodies of uploads, written by hand so that they can be wrong.

use domain::npi::Npi;
use reqwest::{RequestBuilder, Response};

use crate::support::port::Port;

const BOUNDARY: &str = "----drypoint";

/// A body in the making.
pub(crate) struct Form(Vec<u8>);

impl Form {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// What a browser sends for a file of a person.
    pub(crate) fn of(npi: Npi, kind: &str, name: &str, bytes: &[u8]) -> Self {
        Self::new()
            .field("provider", &npi.to_string())
            .field("kind", kind)
            .file(name, "application/pdf", bytes)
    }

    pub(crate) fn field(self, name: &str, value: &str) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        self.part(&head, value.as_bytes())
    }

    pub(crate) fn file(self, name: &str, declared: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {declared}"
        );
        self.part(&head, bytes)
    }

    pub(crate) fn part(mut self, head: &str, bytes: &[u8]) -> Self {
        let before = format!("--{BOUNDARY}\r\n{head}\r\n\r\n");
        self.0.extend(before.as_bytes());
        self.0.extend(bytes);
        self.0.extend(b"\r\n");
        self
    }

    pub(crate) fn body(mut self) -> Vec<u8> {
        self.0.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }

    /// What has been written so far, for messages.
    pub(crate) fn written(&self) -> &[u8] {
        &self.0
    }

    /// The request, not yet sent.
    pub(crate) fn to(self, port: &Port) -> RequestBuilder {
        let request = port.client.post(port.url("/evidence"));
        request
            .header("content-type", content_type())
            .body(self.body())
    }

    pub(crate) async fn sent(self, port: &Port, key: &str) -> Response {
        let request = self.to(port).header("authorization", key);
        request.send().await.unwrap()
    }
}

pub(crate) fn content_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}
