//! The lists from which enums of commands, their dispatch and the enums of their outcomes follow.
//!
//! A context lists its verbs with `verbs!`; `command.rs` lists the contexts with `contexts!`. Dispatch is a `match` in a
//! `match`: nothing is boxed, and a verb that stands in no list does not compile where it is sent.

/// The verbs of a context, as `Context: "name" => file::Verb, …`. Gives the context its `Command` and, with the answer of each,
/// its `Outcome`.
macro_rules! verbs {
    ($context:ident: $($name:literal => $file:ident::$verb:ident),+ $(,)?) => {
        /// A command of this context.
        #[derive(Debug, Clone)]
        #[allow(clippy::large_enum_variant, reason = "a box would cost each command an allocation")]
        #[allow(missing_docs, reason = "each variant is documented at the struct it holds")]
        pub enum Command {
            $($verb($file::$verb)),+
        }

        /// What came of a command of this context.
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "each variant is the answer to the verb of its name")]
        pub enum Outcome {
            $($verb(<$file::$verb as $crate::Verb>::Answer)),+
        }

        impl Command {
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),+];

            pub(crate) fn name(&self) -> &'static str {
                match self {
                    $(Self::$verb(_) => $name),+
                }
            }

            pub(crate) fn nature(&self) -> $crate::command::Nature {
                match self {
                    $(Self::$verb(verb) => $crate::Verb::nature(verb)),+
                }
            }

            pub(crate) fn needs(&self, at: &$crate::At<'_>, needs: &mut $crate::Needs) {
                match self {
                    $(Self::$verb(verb) => $crate::Verb::needs(verb, at, needs)),+
                }
            }

            pub(crate) fn decide(
                self,
                world: &mut $crate::World,
                ctx: &mut $crate::Context<'_>,
            ) -> Result<Outcome, $crate::Refusal> {
                match self {
                    $(Self::$verb(verb) => {
                        $crate::Verb::decide(verb, world, ctx).map(Outcome::$verb)
                    })+
                }
            }
        }

        impl Outcome {
            pub(crate) fn reference(&self) -> Option<$crate::OutcomeRef> {
                match self {
                    $(Self::$verb(answer) => $crate::outcome::Answer::reference(answer)),+
                }
            }
        }

        $(
            impl From<$file::$verb> for $crate::Command {
                fn from(verb: $file::$verb) -> Self {
                    Self::$context(Command::$verb(verb))
                }
            }

            impl $crate::command::Listed for $file::$verb {
                const NAME: &'static str = $name;

                fn answer(outcome: $crate::Outcome) -> Option<Self::Answer> {
                    match outcome {
                        $crate::Outcome::$context(Outcome::$verb(answer)) => Some(answer),
                        _ => None,
                    }
                }
            }
        )+
    };
}

/// The contexts that have verbs, as `Variant(module), …`. Gives the `Command` and the `Outcome` of all.
macro_rules! contexts {
    ($($context:ident($module:ident)),+ $(,)?) => {
        /// A wish to change the world.
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "a variant a context")]
        pub enum Command {
            $($context($crate::$module::Command)),+
        }

        /// What came of a command; [`Outcome::of`] takes the answer to a verb out.
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "a variant a context")]
        pub enum Outcome {
            $($context($crate::$module::Outcome),)+
            /// The same was asked before; this came of it.
            Replayed($crate::OutcomeRef),
            /// A second person said yes, and the rule said no. That is kept, and nothing else.
            Failed(Box<$crate::Refusal>),
        }

        impl Command {
            /// The names of all verbs, a list a context.
            pub const NAMES: &'static [&'static [&'static str]] =
                &[$($crate::$module::Command::NAMES),+];

            /// Its name, for logs and tests.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$context(command) => command.name()),+
                }
            }

            /// Which commands it may share a batch with.
            pub fn nature(&self) -> Nature {
                match self {
                    $(Self::$context(command) => command.nature()),+
                }
            }

            pub(crate) fn needs(&self, at: &At<'_>, needs: &mut $crate::Needs) {
                match self {
                    $(Self::$context(command) => command.needs(at, needs)),+
                }
            }

            pub(crate) fn decide(
                self,
                world: &mut $crate::World,
                ctx: &mut $crate::Context<'_>,
            ) -> Result<Outcome, $crate::Refusal> {
                match self {
                    $(Self::$context(command) => {
                        command.decide(world, ctx).map(Outcome::$context)
                    })+
                }
            }
        }

        impl Outcome {
            /// What an idempotency record keeps of it; `None` where a repeat is executed again, not replayed.
            pub fn reference(&self) -> Option<$crate::OutcomeRef> {
                match self {
                    $(Self::$context(outcome) => outcome.reference(),)+
                    Self::Replayed(reference) => Some(*reference),
                    Self::Failed(_) => None,
                }
            }
        }
    };
}

/// The facts of a context, as `Context: "kind" version => Body, …`. Gives the context its `Fact`, which is written as the
/// body with the kind before it.
macro_rules! facts {
    ($context:ident: $($kind:literal $v:literal => $body:ident),+ $(,)?) => {
        /// What happened to things of this context.
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        #[allow(clippy::large_enum_variant, reason = "a box would cost each fact an allocation")]
        #[serde(tag = "kind")]
        #[allow(missing_docs, reason = "each variant is documented at the struct it holds")]
        pub enum Fact {
            $(#[serde(rename = $kind)] $body($body)),+
        }

        impl Fact {
            pub(crate) fn kinds() -> &'static [$crate::fact::Kind] {
                &[$($crate::fact::Kind { name: $kind, v: $v }),+]
            }

            pub(crate) fn kind(&self) -> $crate::fact::Kind {
                match self {
                    $(Self::$body(_) => $crate::fact::Kind { name: $kind, v: $v }),+
                }
            }

            pub(crate) fn postings(&self) -> &[$crate::ledger::fact::Posting] {
                match self {
                    $(Self::$body(body) => $crate::fact::FactBody::postings(body)),+
                }
            }

            pub(crate) fn is_alarm(&self) -> bool {
                match self {
                    $(Self::$body(_) => <$body as $crate::fact::FactBody>::ALARM),+
                }
            }

            pub(crate) fn fold(
                self,
                tenant: kernel::Tenant,
                at: kernel::Timestamp,
                rows: &mut $crate::fold::Folded,
            ) {
                match self {
                    $(Self::$body(body) => $crate::fact::FactBody::fold(body, tenant, at, rows)),+
                }
            }

            pub(crate) fn read(
                kind: &str,
                v: i64,
                text: &str,
            ) -> Result<Option<Self>, $crate::fact::Unreadable> {
                match kind {
                    $($kind => $crate::fact::body(text, v, $v).map(|body| Some(Self::$body(body))),)+
                    _ => Ok(None),
                }
            }
        }

        $(
            impl From<$body> for $crate::Fact {
                fn from(body: $body) -> Self {
                    Self::$context(Fact::$body(body))
                }
            }
        )+
    };
}

/// The contexts that have facts, as `Variant(module), …`. Gives the `Fact` of all.
macro_rules! facts_by_context {
    ($($context:ident($module:ident)),+ $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "a variant a context")]
        pub enum Fact {
            $($context($crate::$module::fact::Fact)),+
        }

        impl Fact {
            /// Every kind with its version.
            pub fn kinds() -> impl Iterator<Item = Kind> {
                [$($crate::$module::fact::Fact::kinds()),+].into_iter().flatten().copied()
            }

            /// Its kind and version, as the journal's columns keep them.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$context(fact) => fact.kind()),+
                }
            }

            /// What moved with it.
            pub fn postings(&self) -> &[Posting] {
                match self {
                    $(Self::$context(fact) => fact.postings()),+
                }
            }

            /// Whether somebody must look at it: stored values are damaged.
            pub fn is_alarm(&self) -> bool {
                match self {
                    $(Self::$context(fact) => fact.is_alarm()),+
                }
            }

            pub(crate) fn fold(self, tenant: Tenant, at: Timestamp, rows: &mut Folded) {
                match self {
                    $(Self::$context(fact) => fact.fold(tenant, at, rows)),+
                }
            }

            fn read_body(kind: &str, v: i64, text: &str) -> Result<Option<Self>, Unreadable> {
                $(
                    if let Some(fact) = $crate::$module::fact::Fact::read(kind, v, text)? {
                        return Ok(Some(Self::$context(fact)));
                    }
                )+
                Ok(None)
            }
        }
    };
}

pub(crate) use {contexts, facts, facts_by_context, verbs};
