//! People who sign in with a passkey alone.

use super::{People, records::factor};
use crate::{
    Failed,
    passkey::{Passkey, library},
};
use domain::FactorKind;

impl People {
    /// Makes people who hold a passkey each, which never answered yet.
    ///
    /// # Errors
    /// The database could not.
    pub async fn with_passkeys(&mut self, count: usize) -> Result<Vec<Passkey>, Failed> {
        let (realm, library) = (self.realm.clone(), library()?);
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let who = self.bare(&mut tx, &realm).await?;
            let key = Passkey::new(self.random.bytes(), self.random.bytes(), &who.id)?;
            let mut held = factor(&self.random, &who, FactorKind::Passkey, self.now);
            held.credential = Some(key.id());
            held.secret = key.register(&library)?;
            tx.factor_insert(&held).await?;
            made.push(key);
        }
        tx.commit().await?;
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use crate::{folder::Folder, people::People};

    #[tokio::test]
    async fn each_has_a_key_of_their_own() {
        let folder = Folder::make().unwrap();
        let mut people = People::begin(&folder).await.unwrap();
        let made = people.with_passkeys(2).await.unwrap();
        assert_ne!(made[0].id(), made[1].id());
        people.end().await;
    }
}
