//! The list of methods: a new one is one file and one line here.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::update::Together;
use super::{MethodInfo, RuleVisitor, Setup, UpdateVisitor};

/// Makes the enumeration, the list and the dispatch from one table: variant, module.
macro_rules! methods {
    ($($variant:ident = $module:ident;)+) => {
        /// A method.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Method {
            $(#[doc = concat!("The method of `optimizer/", stringify!($module), ".rs`.")] $variant,)+
        }

        /// Every method, in the order in which menus show them.
        pub const METHODS: &[Method] = &[$(Method::$variant),+];

        const IDS: &[&str] = &[$(super::$module::INFO.id),+];

        impl Method {
            /// Its row.
            #[must_use]
            pub fn info(self) -> &'static MethodInfo {
                match self { $(Self::$variant => &super::$module::INFO,)+ }
            }

            /// Calls `visitor` with its rule.
            pub fn visit<V: RuleVisitor>(self, setup: Setup, visitor: V) {
                match self { $(Self::$variant => visitor.visit(super::$module::rule(setup)),)+ }
            }

            /// Calls `visitor` with its update for many numbers at once, where there is one.
            pub fn visit_update<V: UpdateVisitor>(self, visitor: V) -> Option<V::Output> {
                match self { $(Self::$variant => <super::$module::Together as Together>::visit(visitor),)+ }
            }
        }
    };
}

methods! {
    Gd = gd;
    Sgd = sgd;
    Sam = sam;
    OneSam = one_sam;
    MSam = m_sam;
    MaxDescent = max_descent;
    AscDescent = asc_descent;
    AvgDescent = avg_descent;
    Usam = usam;
    EigenSam = eigen_sam;
    Asam = asam;
    Ngd = ngd;
}

impl Method {
    /// The method with this public name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        METHODS.iter().copied().find(|method| method.info().id == id)
    }
}

/// The public name.
impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.info().id)
    }
}

impl<'de> Deserialize<'de> for Method {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::find(&id).ok_or_else(|| de::Error::unknown_variant(&id, IDS))
    }
}
