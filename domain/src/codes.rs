//! Closed lists of codes, spelled the same in SQL, files, GraphQL and logs.

/// The text was not one of the codes of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {list} code")]
pub struct UnknownCode {
    /// Which list was asked, in words: "discipline", "board status".
    pub list: &'static str,
    /// The text as given.
    pub text: String,
}

/// Declares an enum whose variants each have one spelling, with `ALL`, `code`, `FromStr` and `Display`.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident($list:literal) {
            $($(#[$variant_meta:meta])* $variant:ident = $code:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$variant_meta])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one spelling of this value.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::codes::UnknownCode { list: $list, text: text.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}
pub(crate) use codes;
