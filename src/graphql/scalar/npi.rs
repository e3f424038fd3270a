use async_graphql::{Description, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::npi::SampleNpis;

/// A National Provider Identifier: ten digits, as text, the last a check digit (45 CFR 162.406). A
/// number with a wrong check digit is refused. Numbers beginning with 9 belong to made-up people.
#[derive(Description, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Npi(pub domain::npi::Npi);

#[Scalar(
    use_type_description,
    name = "NPI",
    specified_by_url = "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-162/subpart-D"
)]
impl ScalarType for Npi {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl Npi {
    /// The number that a value is, or the reason why it is none.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let Value::String(text) = value else {
            return Err("an NPI is a text of ten digits".to_owned());
        };
        // To look for a made-up person is harmless where there is none; to write one is refused
        // by the service that writes.
        domain::npi::Npi::parse(text, SampleNpis::Allowed)
            .map(Self)
            .map_err(|invalid| invalid.to_string())
    }
}

impl From<domain::npi::Npi> for Npi {
    fn from(npi: domain::npi::Npi) -> Self {
        Self(npi)
    }
}
