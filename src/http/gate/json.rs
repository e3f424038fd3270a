//! How deep a JSON text nests, before anything builds values of it.

/// Levels of arrays and objects in a text that may or may not be JSON; whether it is, the parser decides.
pub(crate) fn depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_unless_they_stand_in_a_string() {
        for (text, expected) in [
            ("1", 0),
            ("{}", 1),
            (r#"{"a":[[]],"b":[]}"#, 3),
            (r#"{"a":"[[[","b\"{{":1}"#, 1),
            (r#"["\\",["\\\""]]"#, 2),
            ("]]]][", 1),
        ] {
            assert_eq!(depth(text.as_bytes()), expected, "{text}");
        }
    }
}
