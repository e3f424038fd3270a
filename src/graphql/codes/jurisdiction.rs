use async_graphql::Enum;

/// A state, the District of Columbia or a territory, by its postal code.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::place::Jurisdiction")]
pub enum Jurisdiction {
    /// Alabama.
    Al,
    /// Alaska.
    Ak,
    /// Arizona.
    Az,
    /// Arkansas.
    Ar,
    /// California.
    Ca,
    /// Colorado.
    Co,
    /// Connecticut.
    Ct,
    /// Delaware.
    De,
    /// District of Columbia.
    Dc,
    /// Florida.
    Fl,
    /// Georgia.
    Ga,
    /// Hawaii.
    Hi,
    /// Idaho.
    Id,
    /// Illinois.
    Il,
    /// Indiana.
    In,
    /// Iowa.
    Ia,
    /// Kansas.
    Ks,
    /// Kentucky.
    Ky,
    /// Louisiana.
    La,
    /// Maine.
    Me,
    /// Maryland.
    Md,
    /// Massachusetts.
    Ma,
    /// Michigan.
    Mi,
    /// Minnesota.
    Mn,
    /// Mississippi.
    Ms,
    /// Missouri.
    Mo,
    /// Montana.
    Mt,
    /// Nebraska.
    Ne,
    /// Nevada.
    Nv,
    /// New Hampshire.
    Nh,
    /// New Jersey.
    Nj,
    /// New Mexico.
    Nm,
    /// New York.
    Ny,
    /// North Carolina.
    Nc,
    /// North Dakota.
    Nd,
    /// Ohio.
    Oh,
    /// Oklahoma.
    Ok,
    /// Oregon.
    Or,
    /// Pennsylvania.
    Pa,
    /// Puerto Rico.
    Pr,
    /// Rhode Island.
    Ri,
    /// South Carolina.
    Sc,
    /// South Dakota.
    Sd,
    /// Tennessee.
    Tn,
    /// Texas.
    Tx,
    /// Utah.
    Ut,
    /// Vermont.
    Vt,
    /// Virginia.
    Va,
    /// Washington.
    Wa,
    /// West Virginia.
    Wv,
    /// Wisconsin.
    Wi,
    /// Wyoming.
    Wy,
    /// American Samoa.
    As,
    /// Guam.
    Gu,
    /// Northern Mariana Islands.
    Mp,
    /// U.S. Virgin Islands.
    Vi,
}
