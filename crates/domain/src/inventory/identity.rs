//! Which codes are the same and which only look it. Every code claims the tags by which others meet it; a tag has one
//! claim, so two writers that bring twins collide in the database instead of both being believed.
//!
//! Tags are keyed hashes, made where a code is open. The exact one is of its values character by character; those of
//! likeness are of its folded values, and of each long secret with whose it is. A code that was taken in claims
//! every likeness that is free. Its exact tag is claimed only where no likeness leads to it, which keeps the usual
//! code at one row.
//!
//! A tag begins with the lookup tag (blind index) of the value that comes first in what it is of, so that the rows
//! by which codes are told apart are also those by which they are found.

use crate::{At, Needs, World};
use kernel::{CodeId, Id16, Tenant};

/// Lookup tag (blind index) of a folded value.
pub type LookupTag = [u8; 8];
/// What a code may claim: a lookup tag, and the tag of likeness or the exact one.
pub type ClaimTag = [u8; 24];

/// What a code is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Tag of its values, character by character; what its seal is bound to.
    pub exact: Id16,
    /// The same, as it is claimed.
    pub own: ClaimTag,
    /// Tags of likeness: first of all its values, then of each long secret.
    pub alike: Vec<ClaimTag>,
    /// Lookup tags that its claims do not begin with.
    pub lookups: Vec<LookupTag>,
    /// The tag that programs before records of fields gave it.
    pub before: Id16,
}

/// A claimed tag's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The exact tag of the code that claimed it first.
    pub exact: Id16,
    /// That code.
    pub code: CodeId,
}

crate::numbered::numbered! {
    /// Why a code may be a twin without being one. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Doubt {
        /// It equals another when case, hyphens, spaces and width are folded.
        LooksAlike = 1,
        /// It has the long secret of another.
        SameSecret = 2,
        /// It has the number of a code from before, which was not compared yet.
        NotCompared = 3,
    }
}

impl Doubt {
    /// A stable word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::LooksAlike => "looks_alike",
            Self::SameSecret => "same_secret",
            Self::NotCompared => "not_compared",
        }
    }
}

/// Whom a code meets when it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// Nobody.
    Nobody,
    /// Itself.
    Same(CodeId),
    /// One that may be its twin.
    Alike(CodeId, Doubt),
}

impl Identity {
    /// The tags of likeness and the tag of before; the exact one once a likeness is another's.
    pub fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.inventory.code_tags.extend(self.alike.iter().map(|tag| (tenant, *tag)));
        needs.inventory.codes_before.insert(self.before);
        if self.has_twin(tenant, world) {
            needs.inventory.code_tags.insert((tenant, self.own));
        }
    }

    /// Whom the code meets. The same one comes before one that looks like it.
    pub fn meet(&self, tenant: Tenant, world: &World) -> Met {
        let own = self.claims(tenant, world).find(|claim| claim.exact == self.exact);
        let own = own.or_else(|| world.inventory.code_tags.get(&(tenant, self.own)));
        if let Some(claim) = own {
            return Met::Same(claim.code);
        }
        let whole =
            self.alike.first().and_then(|tag| world.inventory.code_tags.get(&(tenant, *tag)));
        if let Some(claim) = whole {
            return Met::Alike(claim.code, Doubt::LooksAlike);
        }
        if let Some(claim) = self.claims(tenant, world).next() {
            return Met::Alike(claim.code, Doubt::SameSecret);
        }
        match world.inventory.codes_before.get(&self.before) {
            Some(code) => Met::Alike(*code, Doubt::NotCompared),
            None => Met::Nobody,
        }
    }

    /// Whether another code claimed a likeness of this one.
    pub fn has_twin(&self, tenant: Tenant, world: &World) -> bool {
        self.claims(tenant, world).any(|claim| claim.exact != self.exact)
    }

    /// Claims for a code what is free. One that is doubtful claims nothing but itself.
    pub fn claim(&self, tenant: Tenant, world: &mut World, code: CodeId, doubtful: bool) {
        let claim = Claim { exact: self.exact, code };
        if !doubtful {
            for tag in &self.alike {
                let key = (tenant, *tag);
                if world.inventory.code_tags.get(&key).is_none() {
                    world.inventory.code_tags.insert(key, claim);
                }
            }
        }
        let found = self.claims(tenant, world).any(|claim| claim.exact == self.exact);
        let key = (tenant, self.own);
        if !found && world.inventory.code_tags.get(&key).is_none() {
            world.inventory.code_tags.insert(key, claim);
        }
    }

    /// Leads the claims of this identity to another code.
    pub fn hand_over(&self, tenant: Tenant, world: &mut World, code: CodeId) {
        for tag in self.alike.iter().chain([&self.own]) {
            let key = (tenant, *tag);
            if world.inventory.code_tags.get(&key).is_some_and(|claim| claim.exact == self.exact)
                && let Some(claim) = world.inventory.code_tags.change(&key)
            {
                claim.code = code;
            }
        }
    }

    /// Makes a code findable by its lookup tags.
    pub fn index(&self, tenant: Tenant, world: &mut World, code: CodeId) {
        world.inventory.new_lookups.extend(self.lookups.iter().map(|tag| (tenant, *tag, code)));
    }

    fn claims<'w>(
        &'w self,
        tenant: Tenant,
        world: &'w World,
    ) -> impl Iterator<Item = &'w Claim> + 'w {
        self.alike.iter().filter_map(move |tag| world.inventory.code_tags.get(&(tenant, *tag)))
    }
}
