//! Files that are handed in: small, whole, of every type that is taken, and each saying that it is made
//! up. No two are alike.

use std::fmt::Write as _;

use domain::evidence::{EvidenceKind, FileName};

/// A file as somebody hands it in.
pub(super) struct File {
    pub(super) name: Option<FileName>,
    pub(super) bytes: Vec<u8>,
}

/// What is said in every file.
const MADE_UP: &str = "Made up for a sample directory. Nobody named here exists.";

/// A file of a kind with these lines in it, told apart from others by its key.
pub(super) fn file(kind: EvidenceKind, key: &str, lines: &[String]) -> File {
    let (stem, ending) = match kind {
        EvidenceKind::CertificateScan => ("certificate", "pdf"),
        EvidenceKind::Transcript => ("transcript", "pdf"),
        EvidenceKind::SupervisorLetter => ("letter", "pdf"),
        EvidenceKind::Invoice => ("invoice", "pdf"),
        EvidenceKind::SessionLog => ("sessions", "txt"),
        EvidenceKind::IssuerEmail => ("email", "txt"),
        EvidenceKind::VcJwt => ("token", "txt"),
        EvidenceKind::BoardScreenshot => ("register", "png"),
        EvidenceKind::LabelPhoto => ("label", "png"),
        EvidenceKind::SearchResult => ("search", "png"),
    };
    let bytes = match ending {
        "pdf" => pdf(lines, key),
        "png" => png(key),
        _ => format!("{MADE_UP}\n\n{}\n\n({key})\n", lines.join("\n")).into_bytes(),
    };
    File {
        name: FileName::sanitised(&format!("sample-{stem}.{ending}")),
        bytes,
    }
}

/// One page of text (PDF 32000-1:2008), with a table of where each object begins.
fn pdf(lines: &[String], key: &str) -> Vec<u8> {
    let key = format!("({key})");
    let words = [MADE_UP, ""]
        .into_iter()
        .chain(lines.iter().map(String::as_str))
        .chain(["", key.as_str()]);
    // Writing to a text cannot fail.
    let mut text = String::new();
    for line in words {
        let _ = writeln!(text, "({}) Tj T*", escaped(line));
    }
    let page = format!("BT /F1 12 Tf 16 TL 72 720 Td\n{text}ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (nth, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", nth + 1);
    }
    let begins = file.len();
    file.push_str(&table);
    let _ = writeln!(
        file,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF",
        objects.len() + 1
    );
    file.into_bytes()
}

/// Letters that a standard font has; brackets and the sign that escapes them escaped.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for letter in line.chars() {
        match letter {
            '(' | ')' | '\\' => text.extend(['\\', letter]),
            ' '..='~' => text.push(letter),
            _ => text.push('?'),
        }
    }
    text
}

const SIDE: u32 = 64;

/// A picture of coarse squares (PNG, third edition), with a text that says what it is.
fn png(key: &str) -> Vec<u8> {
    let digest = sha256(key);
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        // No filter.
        pixels.push(0);
        for x in 0..SIDE {
            let square = (y / 8 * 8 + x / 8) as usize;
            let is_dark = digest[square / 8 % digest.len()] >> (square % 8) & 1 == 1;
            pixels.push(if is_dark { 96 } else { 224 });
        }
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(SIDE.to_be_bytes());
    head.extend(SIDE.to_be_bytes());
    // Eight bits of grey, not interlaced.
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &head);
    let comment = format!("Comment\0{MADE_UP} {key}");
    chunk(&mut file, *b"tEXt", comment.as_bytes());
    chunk(&mut file, *b"IDAT", &stored(&pixels));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = file.len();
    file.extend(kind);
    file.extend(data);
    let check = crc32(&file[from..]);
    file.extend(check.to_be_bytes());
}

/// Bytes as a zlib stream that does not compress (RFC 1950, RFC 1951 3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(bytes).to_be_bytes());
    stream
}

/// RFC 1950, 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    high << 16 | low
}

/// PNG, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

fn sha256(text: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use domain::evidence::{MediaType, sniff};

    use super::*;

    #[test]
    fn every_kind_of_file_is_of_a_type_that_is_taken_and_another_for_each_key() {
        let lines = ["Ada (Needham) \\ José".to_owned()];
        for kind in EvidenceKind::ALL {
            let one = file(*kind, "one", &lines);
            assert_ne!(one.bytes, file(*kind, "another", &lines).bytes, "{kind}");
            let name = one.name.unwrap();
            let is_text = name.as_str().ends_with("txt");
            let sniffed = sniff(&one.bytes, is_text).unwrap();
            let expected = match &name.as_str()[name.as_str().len() - 3..] {
                "pdf" => MediaType::Pdf,
                "png" => MediaType::Png,
                _ => MediaType::Text,
            };
            assert_eq!(sniffed, expected, "{kind}");
        }
    }

    #[test]
    fn sums_are_those_of_their_specifications() {
        // Published check values of CRC-32 and of Adler-32.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_table_of_a_pdf_says_where_its_objects_begin() {
        let file = String::from_utf8(pdf(&["A line".to_owned()], "key")).unwrap();
        let (_, table) = file.split_once("xref\n0 6\n").unwrap();
        for (nth, line) in table.lines().skip(1).take(5).enumerate() {
            let at: usize = line[..10].parse().unwrap();
            assert!(
                file[at..].starts_with(&format!("{} 0 obj\n", nth + 1)),
                "{line}"
            );
        }
    }
}
