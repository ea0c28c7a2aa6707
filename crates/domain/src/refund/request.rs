//! Refund an order in whole or in part, by the rule that the product had when the order was placed.
//!
//! Codes that nobody saw come back first, to stock or worthless, and only then money moves. A code that
//! was seen cannot be taken back: its money is given only by somebody who may decide so, at a loss.

use super::rule::{Barred, barred};
use super::{Refund, RefundCause, RefundLine, RefundState, send};
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::catalog::ReturnedCodes;
use crate::content::share;
use crate::inventory::damaged::Seal;
use crate::inventory::mark::{BatchStatus, mark_of};
use crate::inventory::{Code, CodeState, Position, pool};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, check_room, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::reveal::needs_of_opened;
use crate::order::{self, Line, Order, deliver, terms_at_sale};
use crate::payment::PayMethod;
use crate::refund::fact::RefundMade;
use crate::voucher::{Voucher, VoucherState, moves};
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Money, OrderId, RefundId, SkuId, Tenant};

/// Asks for money back.
#[derive(Debug, Clone)]
pub struct RequestRefund {
    /// The order.
    pub order: OrderId,
    /// Which lines, with pieces; all that is left when absent.
    pub lines: Option<Vec<(u32, u32)>>,
    /// What the person says who asks.
    pub reason: Option<String>,
    /// Against the product's rule. The edge has checked that the caller may.
    pub overriding: bool,
    /// The largest amount that the caller may give back, in minor units; none without a limit.
    pub up_to: Option<i64>,
}

/// What is to be refunded of a line.
pub(super) struct Part {
    /// The line's place in the order.
    pub at: usize,
    /// How many pieces.
    pub quantity: u32,
    /// What goes back for them, in minor units.
    pub amount: i64,
    /// The part of it that pays for what stays with the buyer, or was used.
    pub loss: i64,
    /// Codes that come back.
    pub unseen: Vec<Code>,
    /// Vouchers that end.
    pub vouchers: Vec<Voucher>,
    /// What they become.
    pub becomes: VoucherState,
    /// Whether shared content is taken back.
    pub content: bool,
}

impl Part {
    /// As the refund tells it.
    pub fn line(&self, lines: &[Line]) -> RefundLine {
        RefundLine {
            line: lines[self.at].number,
            quantity: self.quantity,
            codes: self.unseen.iter().map(|code| code.id).collect(),
            vouchers: self.vouchers.iter().map(|voucher| voucher.id).collect(),
        }
    }
}

impl Verb for RequestRefund {
    type Answer = Box<Refund>;

    /// The order with its codes and the terms it was placed under, stock and pools, the payment, the wallet.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.order.orders.insert((tenant, self.order));
        let Ok((order, lines)) = order::require(world, tenant, self.order) else { return };
        terms_at_sale::needs(&lines, at, needs);
        needs_of_opened(tenant, &lines, needs);
        needs.payment.payments.extend(order.payment.map(|payment| (tenant, payment)));
        needs.ledger.account(AccountKey::wallet(tenant, order.buyer, order.currency));
        for line in &lines {
            needs.voucher.vouchers.extend(line.vouchers.iter().map(|id| (tenant, *id)));
            if line.content.is_some() {
                needs.order.first_reveals.insert((tenant, self.order));
            }
            if line.content.is_some() || !line.vouchers.is_empty() {
                continue;
            }
            needs.ledger.account(deliver::accounts(tenant, line.sku).0);
            needs.inventory.pools.insert((tenant, line.sku));
            needs.inventory.marked.insert((tenant, line.sku));
            needs.work.keys.insert(expiry(tenant, line.sku));
        }
    }

    /// Order of checks: the order exists, is paid and not free, the lines and what is left of them, the rule
    /// of each, codes that were seen and vouchers that were used, the caller's limit, room in the wallet, a second person.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (order, lines) = order::require(world, ctx.origin.tenant, self.order)?;
        check_paid(&order)?;
        let wanted = self.wanted(world, order.tenant, &lines)?;
        let mut parts = Vec::with_capacity(wanted.len());
        for (at, quantity) in wanted {
            if !self.overriding {
                check_rule(world, ctx, &order, &lines[at])?;
            }
            let line = &lines[at];
            parts.push(match line.content {
                Some(_) => self.content(world, &order, line, at)?,
                None if line.vouchers.is_empty() => {
                    self.codes(world, &order, line, at, quantity)?
                }
                None => self.vouchers(world, &order, line, at, quantity)?,
            });
        }
        let amount: i64 = parts.iter().map(|part| part.amount).sum();
        if let Some(limit) = self.up_to.filter(|limit| amount > *limit) {
            return Err(Refusal::LimitExceeded { field: "lines".to_owned(), limit });
        }
        let loss: i64 = parts.iter().map(|part| part.loss).sum();
        let paid_by = order.payment.and_then(|id| world.payment.payments.get(&(order.tenant, id)));
        let method = paid_by.map_or(PayMethod::Wallet, |payment| payment.method);
        if method == PayMethod::Wallet {
            let wallet = AccountKey::wallet(order.tenant, order.buyer, order.currency);
            let money = Money::new(amount, order.currency);
            check_room(world, &wallet, money.to_ledger().unwrap_or(i64::MAX))?;
        }
        let size = Size::Amount(Money::new(amount, order.currency));
        approval::ask_second(world, ctx, Act::Refund, Some(size))?;

        // No channel is asked to give nothing back: what was free is refunded with its codes.
        let at_once = method == PayMethod::Wallet || amount == 0;
        let refund = Refund {
            id: RefundId((ctx.draw)()),
            tenant: order.tenant,
            order: Some(order.id),
            payment: order.payment,
            receipt: None,
            method,
            currency: order.currency,
            amount,
            loss,
            cause: RefundCause::Requested,
            reason: self.reason,
            overridden: self.overriding,
            state: if at_once { RefundState::Succeeded } else { RefundState::Processing },
            lines: parts.iter().map(|part| part.line(&lines)).collect(),
            created_at: ctx.now,
            ended_at: at_once.then_some(ctx.now),
        };
        Ok(carry_out(world, ctx, refund, (order, lines), parts))
    }
}

impl RequestRefund {
    /// Lines by their places, with pieces.
    fn wanted(
        &self,
        world: &World,
        tenant: Tenant,
        lines: &[Line],
    ) -> Result<Vec<(usize, u32)>, Refusal> {
        let left = |line: &Line| line.quantity - line.refunded;
        let Some(asked) = &self.lines else {
            // Of vouchers everything that is left is what is unused.
            let rest = |line: &Line| match line.vouchers.is_empty() || self.overriding {
                true => left(line),
                false => unused(world, tenant, line).len() as u32,
            };
            let used = lines.iter().any(|line| left(line) > rest(line));
            let rest: Vec<_> = lines.iter().map(rest).enumerate().filter(|(_, n)| *n > 0).collect();
            return match rest.is_empty() {
                true if used => Err(was_used()),
                true => Err(nothing_left()),
                false => Ok(rest),
            };
        };
        let mut wanted: Vec<(usize, u32)> = Vec::with_capacity(asked.len());
        for (i, (number, quantity)) in asked.iter().enumerate() {
            let at = lines.iter().position(|line| line.number == *number);
            let at = at.filter(|at| wanted.iter().all(|(earlier, _)| earlier != at));
            let at = at.ok_or_else(|| {
                Refusal::invalid(format!("lines[{i}].line"), "send a line of the order, once")
            })?;
            let left = left(&lines[at]);
            if left == 0 {
                return Err(nothing_left());
            }
            if *quantity == 0 || *quantity > left {
                let field = format!("lines[{i}].quantity");
                return Err(Refusal::invalid(field, format!("send 1 to {left}")));
            }
            wanted.push((at, *quantity));
        }
        if wanted.is_empty() { Err(Refusal::invalid("lines", "send a line")) } else { Ok(wanted) }
    }
}

impl RequestRefund {
    /// Codes that nobody saw come first, the last ones of the line before the others.
    fn codes(
        &self,
        world: &World,
        order: &Order,
        line: &Line,
        at: usize,
        quantity: u32,
    ) -> Result<Part, Refusal> {
        let codes = line
            .codes
            .iter()
            .rev()
            .filter_map(|at| world.inventory.code(&(order.tenant, line.sku, *at)));
        let unseen = codes.filter(|code| code.state == CodeState::Issued);
        let unseen: Vec<Code> = unseen.take(quantity as usize).cloned().collect();
        let seen = i64::from(quantity) - unseen.len() as i64;
        if seen > 0 && !self.overriding {
            return Err(was_seen());
        }
        Ok(Part {
            at,
            quantity,
            amount: line.unit_price * i64::from(quantity),
            loss: line.unit_price * seen,
            unseen,
            vouchers: Vec::new(),
            becomes: VoucherState::Voided,
            content: false,
        })
    }

    /// Vouchers of which most is left come first. What was used of them stays paid, unless the rule is overridden.
    fn vouchers(
        &self,
        world: &World,
        order: &Order,
        line: &Line,
        at: usize,
        quantity: u32,
    ) -> Result<Part, Refusal> {
        let mut vouchers = unused(world, order.tenant, line);
        vouchers.truncate(quantity as usize);
        if vouchers.len() < quantity as usize && !self.overriding {
            return Err(was_used());
        }
        let back: i64 = vouchers.iter().map(|voucher| voucher.refundable()).sum();
        let whole = line.unit_price * i64::from(quantity);
        let amount = if self.overriding { whole } else { back };
        Ok(Part {
            at,
            quantity,
            amount,
            loss: amount - back,
            unseen: Vec::new(),
            vouchers: vouchers.into_iter().cloned().collect(),
            becomes: VoucherState::Voided,
            content: false,
        })
    }

    /// What was shared and not looked at comes back. When the rule is overridden it is taken away in any case: what was seen
    /// of it cannot be, later versions can.
    fn content(
        &self,
        world: &World,
        order: &Order,
        line: &Line,
        at: usize,
    ) -> Result<Part, Refusal> {
        let seen = world.order.first_reveals.get(&order.key()).is_some();
        if seen && !self.overriding {
            return Err(was_seen());
        }
        Ok(Part {
            at,
            quantity: 1,
            amount: line.unit_price,
            loss: if seen { line.unit_price } else { 0 },
            unseen: Vec::new(),
            vouchers: Vec::new(),
            becomes: VoucherState::Voided,
            content: true,
        })
    }
}

/// The vouchers of a line of which something is left, the fullest first.
fn unused<'w>(world: &'w World, tenant: Tenant, line: &Line) -> Vec<&'w Voucher> {
    let all = line.vouchers.iter().filter_map(|id| world.voucher.vouchers.get(&(tenant, *id)));
    let mut unused: Vec<_> = all.filter(|voucher| voucher.is_effective()).collect();
    unused.sort_by_key(|voucher| std::cmp::Reverse((voucher.unearned, voucher.id)));
    unused
}

fn was_seen() -> Refusal {
    let detail = "a code that was seen cannot be taken back";
    Refusal::WrongState { code: "code_revealed", detail }
}

fn was_used() -> Refusal {
    Refusal::WrongState { code: "voucher_state", detail: "what was used is not given back" }
}

fn nothing_left() -> Refusal {
    Refusal::WrongState { code: "order_state", detail: "all of it was refunded" }
}

/// An order whose money can go back was paid, and was not free.
pub(crate) fn check_paid(order: &Order) -> Result<(), Refusal> {
    let detail = match (order.is_paid(), order.paid) {
        (true, 1..) => return Ok(()),
        (true, _) => "the order was free",
        (false, _) => "the order is not paid",
    };
    Err(Refusal::WrongState { code: "order_state", detail })
}

fn check_rule(world: &World, ctx: &Context<'_>, order: &Order, line: &Line) -> Result<(), Refusal> {
    let rule = terms_at_sale::terms(world, order.tenant, line).map(|terms| terms.refund);
    let detail = match barred(rule.unwrap_or_default(), order.created_at, ctx.now) {
        None => return Ok(()),
        Some(Barred::Since(_)) => "the days within which it can be refunded are over",
        Some(Barred::Always) => "the product is not refunded",
    };
    Err(Refusal::WrongState { code: "refund_rule", detail })
}

/// Takes codes and vouchers back, then moves the money. Infallible: callers have checked every precondition.
pub(super) fn carry_out(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: Refund,
    (mut order, mut lines): (Order, Vec<Line>),
    parts: Vec<Part>,
) -> Box<Refund> {
    let (mut postings, mut ended) = (Vec::new(), Vec::new());
    for part in parts {
        let line = &mut lines[part.at];
        let taken: Vec<Position> = part.unseen.iter().map(Code::position).collect();
        line.codes.retain(|at| !taken.contains(at));
        line.delivered -= part.unseen.len() as u32;
        line.refunded += part.quantity;
        if part.content {
            postings.push(share::take_back(world, ctx, refund.id, line));
        }
        for mut voucher in part.vouchers {
            if part.becomes == VoucherState::Voided {
                line.vouchers.retain(|id| *id != voucher.id);
                line.delivered -= 1;
            }
            let why = (Reason::TakeBack, refund.id.0);
            moves::end(world, ctx, &mut voucher, why, &mut postings);
            voucher.state = part.becomes;
            world.voucher.save(voucher.clone());
            ended.push(voucher);
        }
        postings.extend(take_back(world, ctx, refund.id, line.sku, part.unseen));
    }
    order.refunded += refund.amount;
    for (amount, from) in
        [(refund.amount - refund.loss, AccountKind::Sales), (refund.loss, AccountKind::Losses)]
    {
        if amount > 0 && refund.method == PayMethod::Wallet {
            postings.push(send::to_wallet(world, ctx, &refund, amount, from, order.buyer));
        } else if amount > 0 {
            postings.push(send::start(world, ctx, &refund, amount, from));
        }
    }
    world.refund.refunds.insert(refund.key(), refund.clone());
    world.order.save_order(order.clone());
    world.order.lines.insert(order.key(), lines.clone());
    let fact = RefundMade {
        refund: refund.clone(),
        order,
        lines: lines.iter().map(Line::fact).collect(),
        vouchers: ended,
        postings,
    };
    world.record(ctx, refund.id.0, fact);
    Box::new(refund)
}

/// Codes of one line go back to stock, or become worthless, as the merchant wants it now; so do those that are past
/// their date. A batch that was frozen or voided meanwhile has its way with what comes back to it, and a code that does
/// not open is set aside.
fn take_back(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: RefundId,
    sku: SkuId,
    codes: Vec<Code>,
) -> Vec<Posting> {
    let tenant = ctx.origin.tenant;
    let terms = world.config.sku(tenant, sku).map(|(_, sku)| &sku.terms);
    let cutoff = terms.map_or(ctx.now, |terms| terms.cutoff(ctx.now));
    let restock = terms.is_some_and(|terms| terms.returned_codes == ReturnedCodes::Restock);
    let damaged = |code: &Code| {
        world.inventory.seals.get(&code.place()).is_some_and(|seal| *seal == Seal::Damaged)
    };
    let becomes = |code: &Code| match mark_of(world, code) {
        _ if damaged(code) => CodeState::Damaged,
        BatchStatus::Open if restock && code.valid_until > cutoff => CodeState::Available,
        BatchStatus::Frozen if restock && code.valid_until > cutoff => CodeState::Frozen,
        _ => CodeState::Voided,
    };
    let codes: Vec<(CodeState, Code)> =
        codes.into_iter().map(|code| (becomes(&code), code)).collect();
    let mut postings = Vec::new();
    for (state, to, reason) in [
        (CodeState::Available, AccountKind::Stock, Reason::Return),
        (CodeState::Frozen, AccountKind::Frozen, Reason::Return),
        (CodeState::Voided, AccountKind::Voided, Reason::Void),
        (CodeState::Damaged, AccountKind::Damaged, Reason::Return),
    ] {
        let codes: Vec<Code> =
            codes.iter().filter(|(to, _)| *to == state).map(|(_, code)| code.clone()).collect();
        if codes.is_empty() {
            continue;
        }
        let wanted = Move {
            debit: AccountKey::pieces(tenant, sku, AccountKind::Issued),
            credit: AccountKey::pieces(tenant, sku, to),
            amount: codes.len() as i64,
            reason,
            subject: refund.0,
        };
        postings.push(posting(&transfer(world, ctx, wanted)));
        for mut code in codes {
            (code.state, code.owner) = (state, None);
            if state == CodeState::Available {
                sell_again(world, tenant, &code, cutoff);
            }
            world.inventory.save_code(CodeState::Issued, code);
        }
    }
    postings
}

/// The pool finds the code where it was, and its timer does not miss its date.
fn sell_again(world: &mut World, tenant: Tenant, code: &Code, cutoff: kernel::Timestamp) {
    pool::lower(world, tenant, code.sku, code.position());
    pool::join(world, code, cutoff);
    if code.valid_until < kernel::FOREVER {
        let days = world.config.sku(tenant, code.sku).map_or(0, |(_, s)| s.terms.min_days_left);
        let due = code.valid_until.plus_days(-i64::from(days));
        world.schedule_expiry(tenant, code.sku, due);
    }
}

fn expiry(tenant: Tenant, sku: SkuId) -> WorkKey {
    WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 }
}
