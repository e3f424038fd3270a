//! Files over the wire.

use std::time::Duration;

use domain::access::Role;
use domain::npi::Npi;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::form::{Form, content_type};
use crate::support::database::insert;
use crate::support::evidence::a_pdf;
use crate::support::on_file::bare;
use crate::support::port::{Port, refused};

const ADA: u32 = 1;
const BOB: u32 = 2;

fn ada() -> Npi {
    Npi::sample(ADA)
}

/// Ada's key, on a port where Bob is on file too.
async fn a_key(port: &Port) -> String {
    insert(&port.desk.app.store, &[bare(ADA), bare(BOB)]).await;
    port.desk.app.refresh().await.unwrap();
    port.key("ada", &[Role::Provider], Some(ada())).await
}

fn a_form(bytes: &[u8]) -> Form {
    Form::of(ada(), "CERTIFICATE_SCAN", "Zoë's \\\"scan\\\".pdf", bytes)
}

async fn read(port: &Port, key: &str, id: &str) -> reqwest::Response {
    let request = port.client.get(port.url(&format!("/evidence/{id}")));
    request.header("authorization", key).send().await.unwrap()
}

async fn id_of(response: reqwest::Response) -> String {
    let status = response.status();
    let told: Value = response.json().await.unwrap();
    assert!(status.is_success(), "{status} {told}");
    told["id"].as_str().unwrap().to_owned()
}

/// Waits until so many files lie in the vault, whole or coming in.
async fn lies_there(port: &Port, files: usize) {
    let vault = port.desk.app.vault.as_ref().unwrap();
    let nothing = std::collections::HashSet::new();
    let waiting = async {
        while vault.strays(&nothing).unwrap().len() != files {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_file_goes_in_and_comes_out_as_a_download() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let pdf = a_pdf("DN-1");
    let response = a_form(&pdf).sent(&port, &key).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let told: Value = response.json().await.unwrap();
    let id = told["id"].as_str().unwrap().to_owned();
    assert_eq!(location, format!("/evidence/{id}"));
    let expected = json!({
        "id": id, "kind": "CERTIFICATE_SCAN", "bytes": pdf.len(), "mime": "application/pdf",
        "sha256": told["sha256"],
    });
    assert_eq!(told, expected);
    assert_eq!(told["sha256"].as_str().unwrap().len(), 64);

    let again = a_form(&pdf).sent(&port, &key).await;
    assert_eq!(
        again.status(),
        StatusCode::OK,
        "the same file again is the same file"
    );
    assert_eq!(id_of(again).await, id);

    let given = read(&port, &key, &id).await;
    assert_eq!(given.status(), StatusCode::OK);
    let headers = given.headers().clone();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-length"), pdf.len().to_string());
    assert_eq!(
        header("content-disposition"),
        format!("attachment; filename=\"{id}.pdf\"; filename*=UTF-8''Zo%C3%AB_s%20_scan_.pdf")
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(
        header("content-security-policy"),
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    );
    assert_eq!(header("cache-control"), "private, no-store");
    assert!(header("repr-digest").starts_with("sha-256=:"));
    assert_eq!(given.bytes().await.unwrap(), pdf);
    let events = port.desk.events().await;
    assert_eq!(events.last().unwrap()["action"], "evidence.read");
    assert_eq!(events.last().unwrap()["authMethod"], "API_KEY");
}

#[tokio::test]
async fn what_a_file_is_its_bytes_say() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let html = b"<!doctype html><script>alert(1)</script>".as_slice();
    let executable = b"MZ\x90\0\x03".as_slice();
    let cut_off = b"\xff\xfe%PDF-1.7".as_slice();
    for wrong in [html, executable, cut_off, b""] {
        let told = refused(a_form(wrong).sent(&port, &key).await).await;
        assert_eq!(told, (400, "BAD_INPUT".into(), "file".into()), "{wrong:?}");
    }
    for (bytes, mime) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        ("Sessions of Zoë: 250".as_bytes(), "text/plain"),
    ] {
        let told: Value = a_form(bytes).sent(&port, &key).await.json().await.unwrap();
        assert_eq!(told["mime"], mime, "{told}");
    }
}

#[tokio::test]
async fn what_is_two_things_at_once_is_only_ever_a_download() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let both = b"%PDF-1.7\n<html><script>alert(document.cookie)</script></html>";
    let text = b"hello <html><script>alert(1)</script></html>";
    for (bytes, mime, extension) in [
        (both.as_slice(), "application/pdf", "pdf"),
        (text.as_slice(), "text/plain; charset=utf-8", "txt"),
    ] {
        let form = Form::of(ada(), "TRANSCRIPT", "page.html", bytes);
        let id = id_of(form.sent(&port, &key).await).await;
        let given = read(&port, &key, &id).await;
        let header = |name: &str| given.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), mime);
        assert!(header("content-disposition").starts_with("attachment; "));
        assert!(header("content-disposition").ends_with(&format!("page.{extension}")));
        assert!(header("content-security-policy").starts_with("sandbox; "));
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_file_has_so_many_bytes_and_no_more() {
    const MOST: usize = 3_000;
    let port = Port::open_with(|settings| settings.evidence_bytes = MOST as u64).await;
    let key = a_key(&port).await;
    let file = |bytes: usize| {
        let mut file = a_pdf("large");
        file.resize(bytes, b' ');
        file
    };
    let whole = a_form(&file(MOST)).sent(&port, &key).await;
    assert_eq!(whole.status(), StatusCode::CREATED);
    let beyond = refused(a_form(&file(MOST + 1)).sent(&port, &key).await).await;
    assert_eq!((beyond.0, beyond.1.as_str()), (413, "BAD_INPUT"));
    let announced = refused(a_form(&file(10 * MOST)).sent(&port, &key).await).await;
    assert_eq!(announced.0, 413);

    // Not announced: in chunks, on and on.
    let mut stream = TcpStream::connect(port.address).await.unwrap();
    let head = format!(
        "POST /evidence HTTP/1.1\r\nHost: a\r\nAuthorization: {key}\r\nContent-Type: {}\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        content_type()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut body = a_form(&file(200_000)).body();
    body.truncate(100_000);
    for piece in body.chunks(4_000) {
        let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
        if stream.write_all(&chunk).await.is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n").await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    // What broke off is removed in the background.
    lies_there(&port, 1).await;
}

#[tokio::test]
async fn an_upload_has_three_fields_each_once() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let pdf = a_pdf("x");
    let npi = ada().to_string();
    let (kind, file) = ("INVOICE", "a.pdf");
    let base = || Form::new().field("provider", &npi).field("kind", kind);
    for (form, field) in [
        (base(), "file"),
        (
            Form::new().field("kind", kind).file(file, "", &pdf),
            "provider",
        ),
        (
            Form::new().field("provider", &npi).file(file, "", &pdf),
            "kind",
        ),
        (base().field("kind", kind).file(file, "", &pdf), "kind"),
        (
            base().field("provider", &npi).file(file, "", &pdf),
            "provider",
        ),
        (base().file(file, "", &pdf).file(file, "", &pdf), "file"),
        (base().field("x", "y").file(file, "", &pdf), ""),
        (
            Form::new()
                .field("provider", "1234567890")
                .field("kind", kind),
            "provider",
        ),
        (Form::new().field("provider", &"1".repeat(257)), "provider"),
        (
            Form::new().field("provider", &npi).field("kind", "PHOTO"),
            "kind",
        ),
        (base().part("Content-Type: text/plain", b"no name"), ""),
        (base().part(&format!("X: {}", "y".repeat(5_000)), b""), ""),
    ] {
        let body = String::from_utf8_lossy(form.written()).into_owned();
        let told = refused(form.sent(&port, &key).await).await;
        assert_eq!(told, (400, "BAD_INPUT".into(), field.into()), "{body}");
    }
    // In another order it is the same.
    let form = Form::new()
        .file(file, "", &pdf)
        .field("kind", kind)
        .field("provider", &npi);
    assert_eq!(form.sent(&port, &key).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn other_methods_and_types_are_refused() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let upload = a_form(&a_pdf("x")).to(&port).header("authorization", &key);
    let encoded = upload
        .try_clone()
        .unwrap()
        .header("content-encoding", "gzip");
    assert_eq!(refused(encoded.send().await.unwrap()).await.0, 415);
    for other in [
        "application/json",
        "multipart/form-data",
        "multipart/mixed; boundary=a",
    ] {
        let request = port
            .client
            .post(port.url("/evidence"))
            .header("authorization", &key);
        let request = request.header("content-type", other).body("{}");
        assert_eq!(
            refused(request.send().await.unwrap()).await.0,
            415,
            "{other}"
        );
    }
    for (method, path, allowed) in [
        (reqwest::Method::GET, "/evidence", "POST"),
        (reqwest::Method::PUT, "/evidence", "POST"),
        (reqwest::Method::POST, "/evidence/evidence_1", "GET"),
        (reqwest::Method::DELETE, "/evidence/evidence_1", "GET"),
    ] {
        let response = port
            .client
            .request(method, port.url(path))
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["allow"], allowed);
        assert_eq!(refused(response).await.0, 405, "{path}");
    }
}

#[tokio::test]
async fn only_those_who_may_hand_in_and_read() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let bob = port
        .key("bob", &[Role::Provider], Some(Npi::sample(BOB)))
        .await;
    let verifier = port.key("vera", &[Role::Verifier], None).await;
    let auditor = port.key("audrey", &[Role::Auditor], None).await;
    let id = id_of(a_form(&a_pdf("mine")).sent(&port, &key).await).await;

    let nobody = a_form(&a_pdf("x")).to(&port).send().await.unwrap();
    assert_eq!(refused(nobody).await.0, 401);
    let wrong = a_form(&a_pdf("x")).sent(&port, "Bearer dp_nothing").await;
    assert_eq!(refused(wrong).await.0, 401);
    assert_eq!(
        refused(a_form(&a_pdf("x")).sent(&port, &auditor).await)
            .await
            .0,
        403
    );
    let events = port.desk.events().await;
    let denied = events.last().unwrap();
    assert_eq!(
        (&denied["action"], &denied["reasonCode"]),
        (&json!("uploadEvidence"), &json!("FORBIDDEN"))
    );
    let others = refused(a_form(&a_pdf("x")).sent(&port, &bob).await).await;
    assert_eq!((others.0, others.1.as_str()), (404, "NOT_FOUND"));

    for reader in [&key, &verifier, &auditor] {
        assert_eq!(read(&port, reader, &id).await.status(), StatusCode::OK);
    }
    let before = port.desk.events().await.len();
    let not_yours = read(&port, &bob, &id).await.text().await.unwrap();
    let not_there = read(&port, &bob, "evidence_999999")
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(not_yours, not_there);
    for no_id in ["7", "evidence_x", "..%2f..%2fetc%2fpasswd", "evidence_1%00"] {
        assert_eq!(
            read(&port, &bob, no_id).await.status(),
            StatusCode::NOT_FOUND,
            "{no_id}"
        );
    }
    let anybody = port
        .client
        .get(port.url(&format!("/evidence/{id}")))
        .send()
        .await
        .unwrap();
    assert_eq!(refused(anybody).await.0, 401);
    assert_eq!(
        port.desk.events().await.len(),
        before,
        "nobody read anything"
    );
}

#[tokio::test]
async fn a_cookie_hands_in_from_pages_of_ours_only() {
    const PASSWORD: &str = "three small herons";
    let port = Port::open().await;
    a_key(&port).await;
    let added = port
        .account("zoe", &[Role::Provider], Some(Npi::sample(BOB)))
        .await;
    let submit = |path: &str, body: Value| port.client.post(port.url(path)).json(&body).send();
    let set = submit(
        "/auth/redeem",
        json!({ "token": added.link.0, "password": PASSWORD }),
    );
    assert_eq!(set.await.unwrap().status(), StatusCode::OK);
    let answer = submit(
        "/auth/sign-in",
        json!({ "name": "zoe", "password": PASSWORD }),
    )
    .await
    .unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let told: Value = answer.json().await.unwrap();
    let token = told["csrfToken"].as_str().unwrap();
    let form = || {
        let form = Form::of(Npi::sample(BOB), "INVOICE", "a.pdf", &a_pdf("cookie"));
        form.to(&port).header("cookie", &cookie)
    };
    for foreign in [
        form(),
        form()
            .header("x-csrf-token", token)
            .header("sec-fetch-site", "cross-site"),
        form().header("sec-fetch-site", "same-origin"),
        form()
            .header("x-csrf-token", "guess")
            .header("sec-fetch-site", "same-origin"),
    ] {
        assert_eq!(
            foreign.send().await.unwrap().status(),
            StatusCode::FORBIDDEN
        );
    }
    let ours = form()
        .header("x-csrf-token", token)
        .header("sec-fetch-site", "same-origin");
    assert_eq!(ours.send().await.unwrap().status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_key_makes_an_upload_repeatable() {
    let port = Port::open().await;
    let key = a_key(&port).await;
    let send = |bytes: Vec<u8>| {
        let request = a_form(&bytes).to(&port).header("authorization", &key);
        request.header("idempotency-key", "once").send()
    };
    let id = id_of(send(a_pdf("one")).await.unwrap()).await;
    assert_eq!(id_of(send(a_pdf("one")).await.unwrap()).await, id);
    let conflict = send(a_pdf("two")).await.unwrap();
    assert_eq!(conflict.status(), StatusCode::CONFLICT);
}

/// An upload that has begun and does not go on.
async fn half_an_upload(port: &Port, key: &str) -> TcpStream {
    let mut stream = TcpStream::connect(port.address).await.unwrap();
    let body = a_form(&a_pdf("half")).body();
    let head = format!(
        "POST /evidence HTTP/1.1\r\nHost: a\r\nAuthorization: {key}\r\nContent-Type: {}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        content_type(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
    stream
}

#[tokio::test]
async fn a_client_that_pauses_is_given_up() {
    let port = Port::open_with(|settings| settings.body_timeout = Duration::from_millis(100)).await;
    let key = a_key(&port).await;
    let mut stream = half_an_upload(&port, &key).await;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn so_many_files_come_in_at_a_time_and_a_client_that_leaves_makes_room() {
    let port = Port::open_with(|settings| settings.max_uploads = 1).await;
    let key = a_key(&port).await;
    let slow = half_an_upload(&port, &key).await;
    // It has its place once it is written down: both happen before the server waits for more of it.
    lies_there(&port, 1).await;
    let quick = a_form(&a_pdf("quick")).sent(&port, &key).await;
    assert_eq!(quick.headers()["retry-after"], "1");
    assert_eq!(refused(quick).await.0, 503);
    drop(slow);
    for attempt in 0.. {
        let quick = a_form(&a_pdf("room")).sent(&port, &key).await;
        if quick.status().is_success() {
            break;
        }
        assert!(attempt < 1_000, "the place of a client that left is free");
    }
}
