//! What resolvers of changes and of private reads share: who asks, the order, what came of it.

use std::sync::Arc;

use async_graphql::{Context, InputType, Value};
use domain::access::Act;

use super::error::Fault;
use super::payload::UserError;
use super::readings::Readings;
use crate::app::App;
use crate::service::{self, Order, Reading, Requester, Trouble};

/// The node and who is asking it.
pub(super) fn acting<'a>(ctx: &Context<'a>) -> Result<(&'a App, &'a Requester), Fault> {
    let app = ctx.data_opt::<Arc<App>>();
    let app = app.ok_or_else(|| Fault::internal("a change was asked of what only reads"))?;
    let who = ctx.data_opt::<Requester>();
    let who = who.ok_or_else(|| Fault::internal("a request without a requester"))?;
    Ok((app, who))
}

/// The node and who is asking, where they may read what is not public; and whose.
pub(super) fn reading_as<'a>(
    ctx: &Context<'a>,
    act: Act,
) -> Result<(&'a App, &'a Requester, domain::access::Reach), Fault> {
    let (app, who) = acting(ctx)?;
    let (_, reach) = who.acting(act).map_err(Fault::from)?;
    Ok((app, who, reach))
}

/// What is asked for, by its input.
pub(super) fn order(act: Act, input: &impl InputType, key: &str) -> Result<Order, Fault> {
    Order::of(act, key, &input.to_value()).map_err(Fault::from)
}

/// The same where the input may hold a birth date: what is remembered of the request holds none, and
/// nothing by which one is found.
pub(super) fn order_with_birth_date(
    app: &App,
    act: Act,
    input: &impl InputType,
    key: &str,
) -> Result<Order, Fault> {
    let mut input = input.to_value();
    if let Value::Object(fields) = &mut input
        && let Some(Value::String(born)) = fields.get_mut("birthDate")
    {
        *born = service::screening::birth::stand_in(app, born);
    }
    Order::of(act, key, &input).map_err(Fault::from)
}

/// What somebody is told whose input cannot be read: that they may not, where they may not.
pub(super) fn unreadable(who: &Requester, act: Act, fault: Fault) -> Fault {
    match who.acting(act) {
        Ok(_) => fault,
        Err(trouble) => trouble.into(),
    }
}

/// What came of a change: the answer, which the rest of the request sees, or what the user can mend.
pub(super) fn settled<T>(
    ctx: &Context<'_>,
    done: Result<T, Trouble>,
) -> Result<Result<T, Vec<UserError>>, Fault> {
    match done {
        Ok(answer) => {
            let (app, _) = acting(ctx)?;
            ctx.data_unchecked::<Arc<Readings>>()
                .renew(Reading::of(app));
            Ok(Ok(answer))
        }
        Err(Trouble::Refused(errors)) => Ok(Err(errors.into_iter().map(Into::into).collect())),
        Err(Trouble::Denied(error)) => Ok(Err(vec![error.into()])),
        Err(trouble) => Err(trouble.into()),
    }
}
