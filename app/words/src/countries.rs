//! Countries with the codes that are dialled for them (ITU-T E.164). Europe and
//! the neighbours of its organisations; any other number is written with its `+`.

use domain::Lang;

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// "+49".
    pub code: &'static str,
    en: &'static str,
    de: &'static str,
}

impl Country {
    /// Its name.
    pub const fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
        }
    }
}

macro_rules! countries {
    ($($code:literal $en:literal $de:literal;)+) => {
        /// Those on the list, in its order: the likeliest first.
        pub const ALL: &[Country] = &[$(Country { code: $code, en: $en, de: $de }),+];
    };
}

countries! {
    "+49" "Germany" "Deutschland";
    "+43" "Austria" "Österreich";
    "+41" "Switzerland" "Schweiz";
    "+32" "Belgium" "Belgien";
    "+359" "Bulgaria" "Bulgarien";
    "+86" "China" "China";
    "+385" "Croatia" "Kroatien";
    "+420" "Czechia" "Tschechien";
    "+45" "Denmark" "Dänemark";
    "+372" "Estonia" "Estland";
    "+358" "Finland" "Finnland";
    "+33" "France" "Frankreich";
    "+30" "Greece" "Griechenland";
    "+36" "Hungary" "Ungarn";
    "+353" "Ireland" "Irland";
    "+39" "Italy" "Italien";
    "+371" "Latvia" "Lettland";
    "+423" "Liechtenstein" "Liechtenstein";
    "+370" "Lithuania" "Litauen";
    "+352" "Luxembourg" "Luxemburg";
    "+31" "Netherlands" "Niederlande";
    "+47" "Norway" "Norwegen";
    "+48" "Poland" "Polen";
    "+351" "Portugal" "Portugal";
    "+40" "Romania" "Rumänien";
    "+421" "Slovakia" "Slowakei";
    "+386" "Slovenia" "Slowenien";
    "+34" "Spain" "Spanien";
    "+46" "Sweden" "Schweden";
    "+90" "Türkiye" "Türkei";
    "+44" "United Kingdom" "Vereinigtes Königreich";
    "+1" "United States, Canada" "USA, Kanada";
}
