//! Names become addresses here, and only public ones, so that no answer of a name server leads inside.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::feed::source::is_public;

/// A name leads into the local network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is inside the local network")]
pub(super) struct PrivateName(pub(super) String);

/// Resolves to public addresses alone.
#[derive(Debug)]
pub(super) struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(PrivateName(name).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_to_this_machine_is_refused_as_it_is_looked_up() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let name: Name = "localhost".parse().unwrap();
        let error = match runtime.block_on(Public.resolve(name)) {
            Ok(found) => panic!("{:?}", found.collect::<Vec<_>>()),
            Err(error) => error,
        };
        assert_eq!(
            error.downcast_ref::<PrivateName>(),
            Some(&PrivateName("localhost".to_owned()))
        );
    }
}
