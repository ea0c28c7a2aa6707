//! The one door: everything that changes the world is a command.

use crate::catalog::create_product::CreateProduct;
use crate::catalog::edit_product::{EditProduct, EditSku};
use crate::context::Origin;
use crate::identity::create_api_key::CreateApiKey;
use crate::identity::create_merchant::CreateMerchant;
use crate::identity::revoke_api_key::RevokeApiKey;
use crate::inventory::ask_import::AskImport;
use crate::inventory::begin_import::BeginImport;
use crate::inventory::decide_import::DecideImport;
use crate::inventory::expire_codes::ExpireCodes;
use crate::inventory::finish_import::FinishImport;
use crate::inventory::import_slice::ImportSlice;
use crate::inventory::mark_batch::MarkBatch;
use crate::inventory::mark_code::MarkCode;
use crate::inventory::mark_slice::MarkSlice;
use crate::inventory::open_import::OpenImport;
use crate::inventory::relocate::Relocate;
use crate::inventory::relocate_slice::RelocateSlice;
use crate::inventory::retag_slice::RetagSlice;
use crate::inventory::settle_doubts::SettleDoubts;
use crate::inventory::stage_chunk::StageChunk;
use crate::inventory::stop_sku::StopSku;
use crate::ledger::credit_wallet::CreditWallet;
use crate::ledger::hold::{MakeHold, PostHold, VoidHold};
use crate::order::close::{CancelOrder, ExpireOrder};
use crate::order::place::PlaceOrder;
use crate::order::retime::RetimeOrder;
use crate::order::reveal::RevealCodes;
use crate::payment::receive::ReceiveNotice;
use crate::payment::start::StartPayment;
use crate::payment::test_channel::PayLater;
use crate::refund::request::RequestRefund;
use crate::refund::retry::RetryRefund;
use crate::refund::settle::SettleRefund;
use crate::seal::drop_seal_keys::DropSealKeys;
use crate::seal::reseal_slice::ResealSlice;
use crate::seal::retire_seal_keys::RetireSealKeys;
use crate::seal::start_reseal::StartReseal;
use crate::shop::edit_shop::EditShop;
use crate::work::claim::ClaimWork;
use crate::work::postpone::PostponeWork;
use crate::work::retime::RetimeWork;
use crate::work::rotate_idempotency::RotateIdempotency;
use crate::world::Idempotent;
use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::{Id16, Timestamp};

/// A wish to change the world.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each variant is documented at the struct it holds")]
pub enum Command {
    CreateMerchant(CreateMerchant),
    CreateApiKey(CreateApiKey),
    RevokeApiKey(RevokeApiKey),
    CreateProduct(CreateProduct),
    EditProduct(EditProduct),
    EditSku(EditSku),
    EditShop(EditShop),
    CreditWallet(CreditWallet),
    MakeHold(MakeHold),
    PostHold(PostHold),
    VoidHold(VoidHold),
    BeginImport(BeginImport),
    StageChunk(StageChunk),
    OpenImport(OpenImport),
    ImportSlice(ImportSlice),
    AskImport(AskImport),
    DecideImport(DecideImport),
    SettleDoubts(SettleDoubts),
    RetagSlice(RetagSlice),
    FinishImport(FinishImport),
    ExpireCodes(ExpireCodes),
    MarkBatch(MarkBatch),
    MarkSlice(MarkSlice),
    MarkCode(MarkCode),
    Relocate(Relocate),
    RelocateSlice(RelocateSlice),
    StopSku(StopSku),
    PlaceOrder(PlaceOrder),
    RevealCodes(RevealCodes),
    CancelOrder(CancelOrder),
    ExpireOrder(ExpireOrder),
    RetimeOrder(RetimeOrder),
    StartPayment(StartPayment),
    ReceiveNotice(ReceiveNotice),
    RequestRefund(RequestRefund),
    SettleRefund(SettleRefund),
    RetryRefund(RetryRefund),
    PayLater(PayLater),
    ClaimWork(ClaimWork),
    PostponeWork(PostponeWork),
    RetimeWork(RetimeWork),
    RotateIdempotency(RotateIdempotency),
    StartReseal(StartReseal),
    RetireSealKeys(RetireSealKeys),
    ResealSlice(ResealSlice),
    DropSealKeys(DropSealKeys),
}

/// Commands of one nature share a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Everything else.
    Business,
    /// Edits the configuration, which needs the exclusive lock.
    Configuration,
    /// Marks codes. Sales and sweeps of the same batch would have loaded those codes before.
    Mark,
    /// Moves codes to other places. Nothing else in the batch may have loaded them at the old ones.
    Relocation,
}

/// A command with who asks and how a repeat is known.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Who asks.
    pub origin: Origin,
    /// How a repeat is known, if the caller said.
    pub idempotency: Option<IdempotencyKey>,
    /// What is wished.
    pub command: Command,
}

/// How a repeat is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Hash of tenant and the caller's key.
    pub key: Id16,
    /// Hash of method, path and what the body says.
    pub fingerprint: Id16,
    /// Hash of method, path and the bytes of the body: what records from before kept.
    pub raw: Id16,
}

impl IdempotencyKey {
    /// Whether a record is of the same request.
    fn is_of(&self, before: &Idempotent) -> bool {
        [self.fingerprint, self.raw].contains(&before.fingerprint)
    }
}

impl Command {
    /// Which commands it may share a batch with.
    pub fn nature(&self) -> Nature {
        match self {
            Self::CreateMerchant(_)
            | Self::CreateApiKey(_)
            | Self::RevokeApiKey(_)
            | Self::CreateProduct(_)
            | Self::EditProduct(_)
            | Self::EditSku(_)
            | Self::StopSku(_)
            | Self::EditShop(_)
            | Self::RotateIdempotency(_)
            | Self::RetireSealKeys(_)
            | Self::DropSealKeys(_) => Nature::Configuration,
            Self::MarkBatch(_)
            | Self::SettleDoubts(_)
            | Self::MarkSlice(_)
            | Self::MarkCode(_)
            | Self::Relocate(_) => Nature::Mark,
            Self::RelocateSlice(_) => Nature::Relocation,
            _ => Nature::Business,
        }
    }

    /// Its name, for logs and tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateMerchant(_) => "create_merchant",
            Self::CreateApiKey(_) => "create_api_key",
            Self::RevokeApiKey(_) => "revoke_api_key",
            Self::CreateProduct(_) => "create_product",
            Self::EditProduct(_) => "edit_product",
            Self::EditSku(_) => "edit_sku",
            Self::EditShop(_) => "edit_shop",
            Self::CreditWallet(_) => "credit_wallet",
            Self::MakeHold(_) => "make_hold",
            Self::PostHold(_) => "post_hold",
            Self::VoidHold(_) => "void_hold",
            Self::BeginImport(_) => "begin_import",
            Self::StageChunk(_) => "stage_chunk",
            Self::OpenImport(_) => "open_import",
            Self::ImportSlice(_) => "import_slice",
            Self::AskImport(_) => "ask_import",
            Self::DecideImport(_) => "decide_import",
            Self::SettleDoubts(_) => "settle_doubts",
            Self::RetagSlice(_) => "retag_slice",
            Self::FinishImport(_) => "finish_import",
            Self::ExpireCodes(_) => "expire_codes",
            Self::MarkBatch(_) => "mark_batch",
            Self::MarkSlice(_) => "mark_slice",
            Self::MarkCode(_) => "mark_code",
            Self::Relocate(_) => "relocate",
            Self::RelocateSlice(_) => "relocate_slice",
            Self::StopSku(_) => "stop_sku",
            Self::PlaceOrder(_) => "place_order",
            Self::RevealCodes(_) => "reveal_codes",
            Self::CancelOrder(_) => "cancel_order",
            Self::ExpireOrder(_) => "expire_order",
            Self::RetimeOrder(_) => "retime_order",
            Self::StartPayment(_) => "start_payment",
            Self::ReceiveNotice(_) => "receive_notice",
            Self::RequestRefund(_) => "request_refund",
            Self::SettleRefund(_) => "settle_refund",
            Self::RetryRefund(_) => "retry_refund",
            Self::PayLater(_) => "pay_later",
            Self::ClaimWork(_) => "claim_work",
            Self::PostponeWork(_) => "postpone_work",
            Self::RetimeWork(_) => "retime_work",
            Self::RotateIdempotency(_) => "rotate_idempotency",
            Self::StartReseal(_) => "start_reseal",
            Self::RetireSealKeys(_) => "retire_seal_keys",
            Self::ResealSlice(_) => "reseal_slice",
            Self::DropSealKeys(_) => "drop_seal_keys",
        }
    }
}

impl Envelope {
    /// Adds the rows this command needs, as far as the loaded rows tell.
    pub fn needs(&self, world: &World, now: Timestamp, needs: &mut Needs) {
        let tenant = self.origin.tenant;
        if let Some(key) = &self.idempotency {
            needs.generation = true;
            needs.idempotency.insert(key.key);
        }
        match &self.command {
            Command::CreateMerchant(_) => {}
            Command::CreateApiKey(c) => c.needs(needs),
            Command::RevokeApiKey(c) => c.needs(needs),
            Command::CreateProduct(_) | Command::EditProduct(_) | Command::EditShop(_) => {
                needs.tenant(tenant);
            }
            Command::EditSku(c) => EditSku::needs(c.sku, tenant, needs),
            Command::StopSku(c) => c.needs(tenant, needs),
            Command::CreditWallet(c) => c.needs(tenant, world, needs),
            Command::MakeHold(c) => c.needs(tenant, world, needs),
            Command::PostHold(c) => c.needs(tenant, world, needs),
            Command::VoidHold(c) => c.needs(tenant, world, needs),
            Command::BeginImport(c) => c.needs(tenant, needs),
            Command::StageChunk(c) => c.needs(tenant, needs),
            Command::OpenImport(c) => c.needs(tenant, needs),
            Command::ImportSlice(c) => c.needs(tenant, world, needs),
            Command::AskImport(c) => c.needs(tenant, needs),
            Command::DecideImport(c) => c.needs(tenant, needs),
            Command::SettleDoubts(c) => c.needs(tenant, world, needs),
            Command::RetagSlice(c) => c.needs(tenant, world, needs),
            Command::FinishImport(c) => c.needs(tenant, needs),
            Command::ExpireCodes(c) => c.needs(tenant, world, now, needs),
            Command::MarkBatch(c) => c.needs(tenant, world, needs),
            Command::MarkSlice(c) => c.needs(tenant, world, now, needs),
            Command::MarkCode(c) => c.needs(tenant, world, now, needs),
            Command::Relocate(c) => c.needs(tenant, world, needs),
            Command::RelocateSlice(c) => c.needs(tenant, world, needs),
            Command::PlaceOrder(c) => c.needs(tenant, world, now, needs),
            Command::RevealCodes(c) => c.needs(tenant, world, needs),
            Command::CancelOrder(c) => c.needs(tenant, world, now, needs),
            Command::ExpireOrder(c) => c.needs(tenant, world, now, needs),
            Command::RetimeOrder(c) => c.needs(tenant, needs),
            Command::StartPayment(c) => c.needs(tenant, world, now, needs),
            Command::ReceiveNotice(c) => c.needs(tenant, world, now, needs),
            Command::RequestRefund(c) => c.needs(tenant, world, needs),
            Command::SettleRefund(c) => c.needs(tenant, needs),
            Command::RetryRefund(c) => c.needs(tenant, needs),
            Command::PayLater(c) => c.needs(tenant, needs),
            Command::ClaimWork(c) => c.needs(now, needs),
            Command::PostponeWork(c) => c.needs(needs),
            Command::RetimeWork(c) => c.needs(needs),
            Command::RotateIdempotency(c) => c.needs(needs),
            Command::StartReseal(c) => c.needs(needs),
            Command::RetireSealKeys(c) => c.needs(needs),
            Command::ResealSlice(c) => c.needs(needs),
            Command::DropSealKeys(c) => c.needs(needs),
        }
    }

    /// Runs the rule, once per idempotency key.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let Some(key) = self.idempotency else {
            return self.command.decide(world, ctx);
        };
        if let Some(before) = world.idempotency.get(&key.key) {
            return if key.is_of(before) {
                Ok(Outcome::Replayed(before.outcome))
            } else {
                Err(Refusal::IdempotencyKeyReused)
            };
        }
        let outcome = self.command.decide(world, ctx)?;
        if let Some(reference) = outcome.reference() {
            let record = Idempotent { fingerprint: key.fingerprint, outcome: reference };
            world.idempotency.insert(key.key, record);
        }
        Ok(outcome)
    }
}

impl Command {
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        match self {
            Self::CreateMerchant(c) => c.decide(world, ctx),
            Self::CreateApiKey(c) => c.decide(world, ctx),
            Self::RevokeApiKey(c) => c.decide(world, ctx),
            Self::CreateProduct(c) => c.decide(world, ctx),
            Self::EditProduct(c) => c.decide(world, ctx),
            Self::EditSku(c) => c.decide(world, ctx),
            Self::EditShop(c) => c.decide(world, ctx),
            Self::CreditWallet(c) => c.decide(world, ctx),
            Self::MakeHold(c) => c.decide(world, ctx),
            Self::PostHold(c) => c.decide(world, ctx),
            Self::VoidHold(c) => c.decide(world, ctx),
            Self::BeginImport(c) => c.decide(world, ctx),
            Self::StageChunk(c) => c.decide(world, ctx),
            Self::OpenImport(c) => c.decide(world, ctx),
            Self::ImportSlice(c) => c.decide(world, ctx),
            Self::AskImport(c) => c.decide(world, ctx),
            Self::DecideImport(c) => c.decide(world, ctx),
            Self::SettleDoubts(c) => c.decide(world, ctx),
            Self::RetagSlice(c) => c.decide(world, ctx),
            Self::FinishImport(c) => c.decide(world, ctx),
            Self::ExpireCodes(c) => c.decide(world, ctx),
            Self::MarkBatch(c) => c.decide(world, ctx),
            Self::MarkSlice(c) => c.decide(world, ctx),
            Self::MarkCode(c) => c.decide(world, ctx),
            Self::Relocate(c) => c.decide(world, ctx),
            Self::RelocateSlice(c) => c.decide(world, ctx),
            Self::StopSku(c) => c.decide(world, ctx),
            Self::PlaceOrder(c) => c.decide(world, ctx),
            Self::RevealCodes(c) => c.decide(world, ctx),
            Self::CancelOrder(c) => c.decide(world, ctx),
            Self::ExpireOrder(c) => c.decide(world, ctx),
            Self::RetimeOrder(c) => c.decide(world, ctx),
            Self::StartPayment(c) => c.decide(world, ctx),
            Self::ReceiveNotice(c) => c.decide(world, ctx),
            Self::RequestRefund(c) => c.decide(world, ctx),
            Self::SettleRefund(c) => c.decide(world, ctx),
            Self::RetryRefund(c) => c.decide(world, ctx),
            Self::PayLater(c) => c.decide(world, ctx),
            Self::ClaimWork(c) => c.decide(world, ctx),
            Self::PostponeWork(c) => c.decide(world, ctx),
            Self::RetimeWork(c) => c.decide(world, ctx),
            Self::RotateIdempotency(c) => c.decide(world, ctx),
            Self::StartReseal(c) => c.decide(world, ctx),
            Self::RetireSealKeys(c) => c.decide(world, ctx),
            Self::ResealSlice(c) => c.decide(world, ctx),
            Self::DropSealKeys(c) => c.decide(world, ctx),
        }
    }
}
