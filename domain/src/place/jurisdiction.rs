use chrono_tz::Tz;

use crate::codes::codes;

codes! {
    /// A state, the District of Columbia or a territory, by its postal code.
    pub enum Jurisdiction("jurisdiction") {
        /// Alabama.
        Al = "AL",
        /// Alaska.
        Ak = "AK",
        /// Arizona.
        Az = "AZ",
        /// Arkansas.
        Ar = "AR",
        /// California.
        Ca = "CA",
        /// Colorado.
        Co = "CO",
        /// Connecticut.
        Ct = "CT",
        /// Delaware.
        De = "DE",
        /// District of Columbia.
        Dc = "DC",
        /// Florida.
        Fl = "FL",
        /// Georgia.
        Ga = "GA",
        /// Hawaii.
        Hi = "HI",
        /// Idaho.
        Id = "ID",
        /// Illinois.
        Il = "IL",
        /// Indiana.
        In = "IN",
        /// Iowa.
        Ia = "IA",
        /// Kansas.
        Ks = "KS",
        /// Kentucky.
        Ky = "KY",
        /// Louisiana.
        La = "LA",
        /// Maine.
        Me = "ME",
        /// Maryland.
        Md = "MD",
        /// Massachusetts.
        Ma = "MA",
        /// Michigan.
        Mi = "MI",
        /// Minnesota.
        Mn = "MN",
        /// Mississippi.
        Ms = "MS",
        /// Missouri.
        Mo = "MO",
        /// Montana.
        Mt = "MT",
        /// Nebraska.
        Ne = "NE",
        /// Nevada.
        Nv = "NV",
        /// New Hampshire.
        Nh = "NH",
        /// New Jersey.
        Nj = "NJ",
        /// New Mexico.
        Nm = "NM",
        /// New York.
        Ny = "NY",
        /// North Carolina.
        Nc = "NC",
        /// North Dakota.
        Nd = "ND",
        /// Ohio.
        Oh = "OH",
        /// Oklahoma.
        Ok = "OK",
        /// Oregon.
        Or = "OR",
        /// Pennsylvania.
        Pa = "PA",
        /// Puerto Rico.
        Pr = "PR",
        /// Rhode Island.
        Ri = "RI",
        /// South Carolina.
        Sc = "SC",
        /// South Dakota.
        Sd = "SD",
        /// Tennessee.
        Tn = "TN",
        /// Texas.
        Tx = "TX",
        /// Utah.
        Ut = "UT",
        /// Vermont.
        Vt = "VT",
        /// Virginia.
        Va = "VA",
        /// Washington.
        Wa = "WA",
        /// West Virginia.
        Wv = "WV",
        /// Wisconsin.
        Wi = "WI",
        /// Wyoming.
        Wy = "WY",
        /// American Samoa.
        As = "AS",
        /// Guam.
        Gu = "GU",
        /// Northern Mariana Islands.
        Mp = "MP",
        /// U.S. Virgin Islands.
        Vi = "VI",
    }
}

impl Jurisdiction {
    /// The name in full.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Al => "Alabama",
            Self::Ak => "Alaska",
            Self::Az => "Arizona",
            Self::Ar => "Arkansas",
            Self::Ca => "California",
            Self::Co => "Colorado",
            Self::Ct => "Connecticut",
            Self::De => "Delaware",
            Self::Dc => "District of Columbia",
            Self::Fl => "Florida",
            Self::Ga => "Georgia",
            Self::Hi => "Hawaii",
            Self::Id => "Idaho",
            Self::Il => "Illinois",
            Self::In => "Indiana",
            Self::Ia => "Iowa",
            Self::Ks => "Kansas",
            Self::Ky => "Kentucky",
            Self::La => "Louisiana",
            Self::Me => "Maine",
            Self::Md => "Maryland",
            Self::Ma => "Massachusetts",
            Self::Mi => "Michigan",
            Self::Mn => "Minnesota",
            Self::Ms => "Mississippi",
            Self::Mo => "Missouri",
            Self::Mt => "Montana",
            Self::Ne => "Nebraska",
            Self::Nv => "Nevada",
            Self::Nh => "New Hampshire",
            Self::Nj => "New Jersey",
            Self::Nm => "New Mexico",
            Self::Ny => "New York",
            Self::Nc => "North Carolina",
            Self::Nd => "North Dakota",
            Self::Oh => "Ohio",
            Self::Ok => "Oklahoma",
            Self::Or => "Oregon",
            Self::Pa => "Pennsylvania",
            Self::Pr => "Puerto Rico",
            Self::Ri => "Rhode Island",
            Self::Sc => "South Carolina",
            Self::Sd => "South Dakota",
            Self::Tn => "Tennessee",
            Self::Tx => "Texas",
            Self::Ut => "Utah",
            Self::Vt => "Vermont",
            Self::Va => "Virginia",
            Self::Wa => "Washington",
            Self::Wv => "West Virginia",
            Self::Wi => "Wisconsin",
            Self::Wy => "Wyoming",
            Self::As => "American Samoa",
            Self::Gu => "Guam",
            Self::Mp => "Northern Mariana Islands",
            Self::Vi => "U.S. Virgin Islands",
        }
    }

    /// The zone of most of its clocks. A split state's other part is told by the place itself.
    pub const fn zone(self) -> Tz {
        match self {
            Self::Al
            | Self::Ar
            | Self::Il
            | Self::Ia
            | Self::Ks
            | Self::La
            | Self::Mn
            | Self::Ms
            | Self::Mo
            | Self::Ne
            | Self::Nd
            | Self::Ok
            | Self::Sd
            | Self::Tn
            | Self::Tx
            | Self::Wi => Tz::America__Chicago,
            Self::Ak => Tz::America__Anchorage,
            Self::Az => Tz::America__Phoenix,
            Self::Ca | Self::Nv | Self::Or | Self::Wa => Tz::America__Los_Angeles,
            Self::Co | Self::Mt | Self::Nm | Self::Ut | Self::Wy => Tz::America__Denver,
            Self::Ct
            | Self::De
            | Self::Dc
            | Self::Fl
            | Self::Ga
            | Self::Ky
            | Self::Me
            | Self::Md
            | Self::Ma
            | Self::Nh
            | Self::Nj
            | Self::Ny
            | Self::Nc
            | Self::Oh
            | Self::Pa
            | Self::Ri
            | Self::Sc
            | Self::Vt
            | Self::Va
            | Self::Wv => Tz::America__New_York,
            Self::Hi => Tz::Pacific__Honolulu,
            Self::Id => Tz::America__Boise,
            Self::In => Tz::America__Indiana__Indianapolis,
            Self::Mi => Tz::America__Detroit,
            Self::Pr => Tz::America__Puerto_Rico,
            Self::As => Tz::Pacific__Pago_Pago,
            Self::Gu | Self::Mp => Tz::Pacific__Guam,
            Self::Vi => Tz::America__St_Thomas,
        }
    }
}
