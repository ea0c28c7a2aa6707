//! Refunds that somebody asks for, and how refunds end.

use super::payment::units;
use super::{Got, Plain, Step, answer, differs, refuse, same};
use domain::catalog::{RefundRule, ReturnedCodes};
use domain::inventory::CodeState;
use domain::inventory::mark::BatchStatus;
use domain::ledger::AccountKind;
use domain::order::{Line, Order};
use domain::payment::PayMethod;
use domain::refund::request::RequestRefund;
use domain::refund::retry::RetryRefund;
use domain::refund::settle::{Answer, SettleRefund};
use domain::refund::{Refund, RefundCause, RefundLine, RefundState};
use kernel::{CodeId, SkuId, Tenant};

impl Plain {
    pub(super) fn request_refund(&mut self, tenant: Tenant, c: &RequestRefund, got: &Got) -> Step {
        let (order, lines) = self.order(tenant, c.order)?;
        let paid = order.expires_at.is_none() && order.closed.is_none() && order.paid > 0;
        if !paid {
            return refuse("order_state");
        }
        let wanted = wanted(&lines, c)?;
        let (mut parts, mut loss, mut amount) = (Vec::new(), 0, 0);
        for (at, quantity) in wanted {
            let line = &lines[at];
            let rule = self.terms_then(tenant, line).map(|terms| terms.refund);
            let allowed = match rule.unwrap_or_default() {
                RefundRule::None => false,
                RefundRule::BeforeReveal | RefundRule::BeforeRedeem => true,
                RefundRule::Days(days) => self.now < order.created_at.plus_days(i64::from(days)),
            };
            if !allowed && !c.overriding {
                return refuse("refund_rule");
            }
            let unseen = self.unseen(tenant, line, quantity as usize);
            let seen = i64::from(quantity) - unseen.len() as i64;
            if seen > 0 && !c.overriding {
                return refuse("code_revealed");
            }
            loss += seen * line.unit_price;
            amount += i64::from(quantity) * line.unit_price;
            let codes = unseen.iter().map(|i| self.books[&tenant].codes[*i].id).collect();
            parts.push(RefundLine { line: line.number, quantity, codes, vouchers: Vec::new() });
        }
        let made = answer::<RequestRefund>(got)?;
        let method = order.payment.and_then(|id| self.books[&tenant].payments.get(&id));
        let method = method.map_or(PayMethod::Wallet, |payment| payment.method);
        let at_once = method == PayMethod::Wallet || amount == 0;
        let refund = Refund {
            id: made.id,
            tenant,
            order: Some(order.id),
            payment: order.payment,
            receipt: None,
            method,
            currency: order.currency,
            amount,
            loss,
            cause: RefundCause::Requested,
            reason: c.reason.clone(),
            overridden: c.overriding,
            state: if at_once { RefundState::Succeeded } else { RefundState::Processing },
            lines: parts,
            created_at: self.now,
            ended_at: at_once.then_some(self.now),
        };
        same("the refund", &refund, &*made)?;
        self.carry_out(order, lines, refund);
        Ok(())
    }

    fn carry_out(&mut self, mut order: Order, mut lines: Vec<Line>, refund: Refund) {
        let tenant = order.tenant;
        for part in &refund.lines {
            let line = &mut lines[part.line as usize - 1];
            line.refunded += part.quantity;
            line.delivered -= part.codes.len() as u32;
            let gone = |at: &[u8; 24]| part.codes.iter().any(|code| code.0 == at[8..]);
            line.codes.retain(|at| !gone(at));
            self.take_back(tenant, line.sku, &part.codes);
        }
        order.refunded += refund.amount;
        let goods = refund.amount - refund.loss;
        for (amount, from) in [(goods, AccountKind::Sales), (refund.loss, AccountKind::Losses)] {
            let units = units(amount, refund.currency);
            if units == 0 {
                continue;
            }
            if refund.method == PayMethod::Wallet {
                let wallets = &mut self.book(tenant).wallets;
                wallets.entry((order.buyer, order.currency)).or_default().balance += units;
                // What a wallet holds is told of by its counterpart; here it comes from elsewhere.
                self.shift_units(tenant, from, AccountKind::Funding, order.currency, units);
            } else {
                self.shift_units(tenant, from, AccountKind::Refunding, order.currency, units);
            }
        }
        self.put(&order, &lines);
        self.book(tenant).refunds.insert(refund.id, refund);
    }

    /// Codes go back to stock, or become worthless.
    fn take_back(&mut self, tenant: Tenant, sku: SkuId, codes: &[CodeId]) {
        let terms = self.sku(tenant, sku).map(|(_, sku)| sku.terms.clone());
        let Some(terms) = terms else { return };
        let cutoff = self.now.plus_days(i64::from(terms.min_days_left));
        let book = self.book(tenant);
        let marks: Vec<BatchStatus> = book.codes.iter().map(|code| book.mark_of(code)).collect();
        let back = book.codes.iter_mut().zip(marks).filter(|(code, _)| codes.contains(&code.id));
        for (code, mark) in back {
            code.owner = None;
            let good = terms.returned_codes == ReturnedCodes::Restock && code.valid_until > cutoff;
            if good && mark == BatchStatus::Frozen {
                code.state = CodeState::Frozen;
            } else if good && mark == BatchStatus::Open {
                code.state = CodeState::Available;
            } else {
                code.state = CodeState::Voided;
            }
        }
    }

    /// Codes of a line that nobody saw, the last ones first.
    fn unseen(&mut self, tenant: Tenant, line: &Line, most: usize) -> Vec<usize> {
        let codes = &self.book(tenant).codes;
        let find = |at: &[u8; 24]| {
            codes.iter().position(|code| code.id.0 == at[8..] && code.state == CodeState::Issued)
        };
        line.codes.iter().rev().filter_map(find).take(most).collect()
    }

    /// What the channel refused is sent again; anything else stays as it is.
    pub(super) fn retry_refund(&mut self, tenant: Tenant, c: &RetryRefund, got: &Got) -> Step {
        let Some(refund) = self.book(tenant).refunds.get_mut(&c.refund) else {
            return refuse("not_found");
        };
        let failed = refund.state == RefundState::Failed;
        if failed {
            (refund.state, refund.ended_at) = (RefundState::Processing, None);
        }
        let refund = refund.clone();
        if failed {
            let units = units(refund.amount, refund.currency);
            let (from, to) = (AccountKind::Unapplied, AccountKind::Refunding);
            self.shift_units(tenant, from, to, refund.currency, units);
        }
        let now = answer::<RetryRefund>(got)?;
        same("the refund", &refund, &*now)
    }

    pub(super) fn settle_refund(&mut self, tenant: Tenant, c: &SettleRefund, got: &Got) -> Step {
        let now = self.now;
        let Some(refund) = self.book(tenant).refunds.get_mut(&c.refund) else {
            return refuse("not_found");
        };
        let mut from = AccountKind::Refunding;
        let to = match c.answer {
            Answer::Succeeded if refund.state == RefundState::Failed => {
                from = AccountKind::Unapplied;
                Some((RefundState::Succeeded, AccountKind::Clearing))
            }
            _ if refund.state != RefundState::Processing => None,
            Answer::Unknown => {
                let ended = answer::<SettleRefund>(got)?;
                return same("the end of the refund", None, ended);
            }
            Answer::Succeeded => Some((RefundState::Succeeded, AccountKind::Clearing)),
            Answer::Failed => Some((RefundState::Failed, AccountKind::Unapplied)),
        };
        if let Some((state, _)) = to {
            (refund.state, refund.ended_at) = (state, Some(now));
        }
        let refund = refund.clone();
        if let Some((_, account)) = to {
            let units = units(refund.amount, refund.currency);
            self.shift_units(tenant, from, account, refund.currency, units);
        }
        let Some(ended) = answer::<SettleRefund>(got)? else { return differs(got) };
        same("the refund", refund, *ended)
    }
}

/// Lines by their places, with pieces.
fn wanted(lines: &[Line], c: &RequestRefund) -> Step<Vec<(usize, u32)>> {
    let left = |line: &Line| line.quantity - line.refunded;
    let Some(asked) = &c.lines else {
        let rest: Vec<_> = lines.iter().map(left).enumerate().filter(|(_, n)| *n > 0).collect();
        return if rest.is_empty() { refuse("order_state") } else { Ok(rest) };
    };
    let mut wanted: Vec<(usize, u32)> = Vec::new();
    for (number, quantity) in asked {
        let Some(at) = lines.iter().position(|line| line.number == *number) else {
            return refuse("invalid");
        };
        if wanted.iter().any(|(earlier, _)| *earlier == at) {
            return refuse("invalid");
        }
        if left(&lines[at]) == 0 {
            return refuse("order_state");
        }
        if *quantity == 0 || *quantity > left(&lines[at]) {
            return refuse("invalid");
        }
        wanted.push((at, *quantity));
    }
    if wanted.is_empty() { refuse("invalid") } else { Ok(wanted) }
}
