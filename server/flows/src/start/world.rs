//! The world by regions. Made by `cargo x map` from Natural Earth's countries
//! (1:110m, naturalearthdata.com, public domain); not written by hand.

use super::Drawing;
use domain::region::Region;

/// The size of the map.
pub const SIZE: (i32, i32) = (436, 190);

/// A region on it.
pub const fn drawing(region: Region) -> Drawing {
    match region {
        Region::NorthAmerica => Drawing {
            land: "M0 21l1-1h2l1-1l-2-2l1-1h2l2-2h2l2-2h6l2 2h14l2 2h4l2-2h16l2 2h2l1-1l-2-2v-2l-1-1l-2 2h-4l-1-1v-2l1-1h8l2 2h10l2-2l1 1v2l4 4l-1 1h-2l-1 1l1 1h6l1-1v-2l4-4v-4l3-3h2l2 2h4l1-1l-3-3h-6l-1-1l1-1h20l1 1l-3 3h-2l-1 1v2l1 1h2l4 4h4l2 2h2l1 1v2l1 1h4l1 1v2l-1 1h-2l-1 1l2 2l-1 1h-2l-2 2l-2-2h-2l-2-2h-4l-1-1l1-1h2l3-3l-3-3h-2l-2-2h-2l-3 3v2l-1 1h-2l-4 4h-2l-7 7l5 5h4l2 2h4l1 1v4l3 3l1-1v-6l2-2v-10l1-1l2 2h4l3 3v2l1 1h2l2-2h2l1 1v2l5 5h2l1 1v6l4 4l-1 1h-6l-1-1v-2l-1-1h-4l-1 1v4l1 1h2l1 1l-1 1h-2l-2 2l-2-2h-2l-9 9v4l-3 3h-2l-1 1v8l-1 1l-1-1v-2l-3-3h-4l-2 2h-8l-1 1v10l3 3h2l4-4h2l1 1v2l-2 2l1 1h4l1 1v6l-1 1l-4-4h-4l-4-4h-6l-2-2h-2l-3-3v-2l-5-5h-2l-3-3v-4l-1-1l-2 2l-1-1v-2l-1-1h-2l-3-3v-2l-4-4v-6l2-2l-2-2v-2l-4-4v-4l-6-6v-2l-1-1h-4l-2-2h-4l-2-2h-4l-2 2h-6l-4 4l-4-4h-4l-3-3v-2l1-1h2l1-1l-1-1h-2zM8 37l1-1h2l1 1l-1 1h-2zM56 5l1-1h2l1 1l-1 1h-2zM62 5l1-1h2l1 1l-1 1h-2zM64 17l1 1h6l1-1l-1-1h-6zM66 7l1-1h2l1 1l-1 1h-2zM80 5l1-1h2l1 1l-1 1h-2zM80 11l3-3l3 3l-1 1h-4zM90 11l7 7h2l1-1v-2l-1-1h-2l-3-3l2-2l-1-1h-2zM98 9l1 1h2l1-1l-1-1h-2zM100 23l1-1h2l1 1v2l-1 1h-2l-1-1zM106 87l1-1h2l1 1l-1 1h-2zM116 3l1-1h4l2-2h58l1 1l-2 2v4l-4 4l2 2l-3 3h-4l-2 2h-4l-2 2h-2l-2 2h-2l-5 5v2l-1 1h-6l-1-1v-2l-4-4v-2l-2-2l2-2l-2-2v-4l-5-5h-12l-2-2h-2zM116 91l1-1h2l1 1l-1 1h-2z",
            reach: "M-16 21l2-2v-4l2-2v-2l2-2v-2l3-3h2l2-2h2l2-2h2l2-2h4l2-2h6l2 2h14l2 2h4l8-8h2l2-2h4l2-2h2l2 2l2-2h2l2 2h4l2 2l2-2h4l2-2h2l2-2h4l2-2h20l2 2h8l2-2h58l2 2h4l2 2h2l3 3v2l2 2v4l2 2l-2 2v4l-3 3h-2l-2 2h-2l-2 2h-2l-2 2h-2l-2 2h-2l-5 5v2l-2 2v4l-2 2v2l-2 2v2l-3 3h-2l-2 2h-2l-1 1v4l2 2l-2 2v4l-2 2v2l-3 3h-2l-2 2h-4l-2 2h-2l-2 2h-2l-2 2h-4l-1 1v4l1 1h2l3 3v2l2 2v4l-3 3h-2l-4 4h-12l-2-2h-2l-1 1v4l-2 2v4l-5 5h-2l-2 2h-4l-2 2l-2-2h-2l-2-2h-2l-2-2h-4l-2-2h-2l-2-2h-2l-5-5v-2l-3-3h-2l-15-15v-2l-4-4v-2l-2-2v-4l-2-2v-8l-2-2v-2l-5-5h-4l-4 4h-2l-2 2h-4l-2 2h-2l-2-2h-4l-2-2h-2l-3-3v-2l-6-6v-2l-2-2v-4l-2-2v-6z",
            middle: (76, 42),
        },
        Region::SouthAmerica => Drawing {
            land: "M106 115l4-4v-6l2-2v-2l1-1h8l2 2h6l4 4h4l2 2h2l1 1v2l5 5h2l2 2h6l5 5v2l-4 4v4l-2 2v4l-5 5h-2l-3 3v2l-6 6v2l-1 1h-4l-1 1v4l-1 1h-4l-1 1v2l-2 2v2l-4 4l2 2l-2 2v2l-2 2v2l4 4l-1 1h-6l-3-3v-2l-2-2v-4l2-2l-2-2l4-4l-2-2v-6l2-2v-4l2-2v-18l-3-3h-2l-1-1v-2l-2-2v-2l-4-4z",
            reach: "M90 115l3-3h4l2-2h2l5-5v-4l2-2v-4l1-1h2l2 2h12l4-4h2l4-4l2 2h2l2 2h2l2 2h2l2 2h2l3 3v2l1 1h2l2 2h4l2 2h2l7 7v2l2 2v4l2 2v2l-2 2v4l-2 2v2l-2 2v2l-2 2v4l-2 2v2l-7 7h-2l-1 1v2l-6 6v2l-3 3h-2l-1 1v2l-3 3h-2l-3 3v8l2 2l-2 2v4l-2 2v2l-3 3h-2l-2 2h-4l-2 2h-6l-2-2h-4l-2-2h-2l-5-5v-2l-2-2v-2l-2-2v-4l-2-2v-4l2-2l-2-2l2-2v-10l2-2v-4l2-2v-10l-2-2v-2l-2-2v-2l-4-4v-2l-2-2v-4l-2-2z",
            middle: (129, 135),
        },
        Region::Europe => Drawing {
            land: "M176 21l1-1h8l3 3l-1 1h-10l-1-1zM194 41l1-1h2l1-1v-4l1-1h2l1 1v4l4 4v2l-1 1h-4l-2 2l-1-1v-4l-1-1l-2 2l-1-1zM194 59l1-1h6l1-1v-4l-2-2l3-3h2l6-6h2l1-1v-4l1-1h2l1-1v-2l-1-1l-2 2h-2l-3-3v-2l5-5h2l8-8h2l2-2h4l2-2h6l4 4h6l3 3l-1 1h-6l-1 1l3 3l2-2h2l2-2h2l1-1v-2l1-1l1 1v2l1 1h2l2-2h2l2-2h8l1 1v28l-1 1h-6l-2-2h-2l-5 5v2l2 2l-2 2v2l2 2l-1 1h-2l-2-2h-6l-3-3l2-2l-1-1h-2l-1 1v2l-1 1h-2l-2-2h-2l-1 1v2l-6 6v2l-1 1h-2l-3-3v-2l-7-7l-1 1v2l3 3h2l1 1v2l-1 1l-2-2h-2l-6-6l-2 2h-4l-1 1v2l-1 1h-2l-1 1v2l-3 3h-6l-1-1zM218 1l1-1h10l1 1l-1 1h-2l-2 2h-2l-2-2h-2zM220 39l1 1h8l1-1v-2l1-1h2l1-1v-2l1-1h4l1-1l-1-1h-4l-2 2l-3-3v-2l4-4l-1-1h-2l-5 5v2l2 2l-4 4v2l-1 1h-2zM268 11l5-5h4l1 1l-1 1h-2l-3 3l2 2l-1 1h-2z",
            reach: "M166 33l2-2v-4l2-2v-2l5-5h2l2-2h2l2-2h2l2-2h2l2-2h2l2-2l5 5v2l1 1l5-5v-2l-2-2v-4l-2-2l2-2v-4l2-2v-2l3-3h2l2-2h4l2-2h10l2 2h4l2 2h2l3 3v2l2 2v2l1 1h2l2 2h2l2 2h2l8-8h2l2-2h4l1 1v2l2 2v4l6 6v2l-4 4l2 2v30l-1 1h-6l-2-2h-2l-5 5v2l2 2v4l2 2l-1 1h-4l-2-2h-4l-2 2h-2l-2-2h-6l-2 2h-2l-3 3v6l-1 1h-8l-2-2h-2l-6-6h-4l-2 2h-2l-2 2h-2l-2 2h-4l-2 2h-10l-2-2h-6l-1-1v-8l2-2v-4l2-2l-2-2v-4l-2-2v-2l-3-3h-4l-2-2h-2l-1-1z",
            middle: (240, 38),
        },
        Region::AfricaMiddleEast => Drawing {
            land: "M184 85l8-8v-2l7-7h12l2-2h4l1 1v4l1 1h2l2 2h2l2 2l4-4l2 2h10l2 2l3-3v-4l-1-1l-2 2l-2-2h-4l-3-3l3-3h2l2-2h6l2 2h2l1-1v-2l1-1h4l2 2h2l3 3l-2 2l3 3h2l2-2h6l3 3l-2 2v2l2 2v4l2 2l-1 1h-6l-1 1l4 4l-7 7h-2l-2 2h-2l-2 2h-4l-1 1v2l1 1l2-2h4l1 1v4l-2 2v2l-3 3h-2l-5 5v2l-2 2v4l2 2v6l-6 6v6l-1 1h-2l-1 1v4l-5 5h-2l-2 2h-8l-1-1v-4l-2-2v-2l-2-2v-6l-2-2v-2l-2-2l2-2v-2l2-2l-2-2v-6l-4-4v-6l-1-1h-2l-4-4h-2l-2 2h-12l-9-9zM248 83v2l2 2v4l5 5l1-1v-2l-2-2v-2l-2-2v-2l-3-3zM258 135l1-1h2l4-4l1 1v4l-2 2v6l-3 3h-2l-1-1zM264 77v2l5 5h2l1-1l-7-7z",
            reach: "M168 85l2-2v-4l2-2v-2l7-7h6l2 2h10l2-2h4l2-2h2l2-2h2l2-2h4l6 6h2l2 2h8l1-1v-6l3-3h2l2-2h6l2 2h2l2-2h4l2 2h6l1 1v4l1 1h8l3 3l-2 2v2l2 2v4l2 2v6l2 2v8l-2 2v6l-2 2v4l-2 2v2l-2 2v2l2 2v2l2 2v4l2 2v4l-2 2v6l-2 2v4l-2 2v2l-5 5h-2l-2 2h-4l-2 2h-2l-2-2l-8 8h-2l-2 2h-2l-2 2h-4l-2 2h-8l-2-2h-4l-2-2h-2l-3-3v-2l-2-2v-4l-2-2v-2l-2-2v-4l-2-2v-4l-2-2v-4l-2-2l2-2v-8l-1-1h-10l-2-2h-4l-2-2h-2l-11-11v-2l-2-2v-4l-2-2z",
            middle: (232, 99),
        },
        Region::AsiaPacific => Drawing {
            land: "M262 49l5-5h2l2 2h6l1-1v-30l1-1h2l2 2h4l1-1l-2-2l3-3h4l2 2l2-2h6l2-2h4l2-2h12l2-2h4l1-1l-2-2l1-1h2l1 1v2l1 1h8l1 1v2l1 1h6l2 2h4l2-2h2l4 4h12l2-2h10l2 2h8l4 4l2-2h2l2 2h4l2-2h8l2 2h4l4 4h4l1 1l-3 3h-2l-2-2h-4l-1 1v2l-1 1h-2l-2 2h-2l-2 2h-6l-2 2h-2l-1 1v4l-6 6v2l-1 1l-1-1v-2l-2-2v-4l3-3h2l3-3l-3-3h-2l-4 4h-14l-6 6h-2l-1 1l3 3l2-2l2 2h2l1 1v10l-1 1l-1-1v-8l-1-1l-1 1v4l-2 2v2l-5 5h-4l-1 1v2l-2 2v6l-1 1l-3-3v-2l-1-1h-2l-2-2h-2l-3 3l1 1h4l1 1l-2 2v4l2 2v2l-2 2v2l-5 5h-4l-3 3v2l-1 1l-1-1v-2l-1-1h-2l-1 1v2l4 4v4l-3 3h-2l-4-4h-2l-1 1v4l-1 1l-1-1v-8l-1-1h-2l-1-1v-2l-5-5l-2 2h-2l-6 6h-2l-1 1v6l-3 3l-1-1v-2l-2-2v-2l-2-2v-6l-1-1h-2l-6-6h-2l-3-3v-4l-2-2v-2l2-2l-3-3h-6l-1-1v-4l-4-4l4-4l-1-1h-2l-2 2l-3-3zM278 5l1-1h8l1 1l-1 1h-8zM302 103l1-1l1 1v2l-1 1l-1-1zM320 1l1-1h4l1 1l-1 1h-4zM326 113l2-2v-4l1-1l1 1v2l2 2l-2 2l4 4v4l-1 1l-7-7zM334 123l1-1h6l1 1l-1 1h-6zM338 113l1-1h2l6-6h2l1 1v2l-2 2v6l-3 3l-2-2h-2l-3-3zM344 143l3-3h4l8-8h4l4-4l2 2h2l1 1l-2 2l1 1h2l2 2l3-3v-4l1-1l1 1v2l2 2v2l6 6v2l4 4v8l-4 4v2l-3 3h-8l-1-1v-2l-3-3h-2l-4-4h-6l-2 2h-2l-2 2h-8l-1-1v-4l-2-2zM350 117l1-1h2l1 1v2l-1 1h-2l-1-1zM352 93l1-1l1 1v2l2 2l-1 1h-2l-1-1zM354 105l1-1h4l1 1l-1 1h-4zM364 71l1-1h2l2-2h2l5-5v-4l3-3h2l1 1l-4 4v4l-2 2v2l-1 1h-2l-2 2h-4l-2 2l-1-1zM366 115l1-1l1 1v2l-1 1l-1-1zM368 119l1-1h2l2-2h2l2 2h2l2 2h2l1 1v2l-1 1h-2l-2 2h-2l-6-6h-2zM382 169l1-1h2l1 1l-1 1h-2zM408 175l7-7h2l1 1l-7 7h-2zM418 163l1-1h2l1 1v2l-3 3l-1-1z",
            reach: "M262 49l5-5h2l2 2h6l1-1v-30l-2-2l4-4v-2l-6-6v-4l-2-2v-4l1-1h4l2-2h8l2 2h4l2 2h2l2 2h4l2-2h2l4-4h2l2-2h4l2-2h4l2 2l2-2h2l2 2h4l2 2h2l2 2h4l2 2h2l2 2h2l2-2h2l2 2h4l2 2h8l2-2h10l2 2h8l2 2h6l2 2h4l2-2h8l2 2h4l2 2h4l2 2h2l2 2h2l2 2h2l3 3v2l2 2v4l2 2l-2 2v4l-2 2v2l-5 5h-2l-2 2h-4l-2 2h-6l-2 2h-2l-2 2h-4l-1 1v2l-6 6v2l-3 3h-2l-2 2h-4l-5 5v2l-2 2v2l-2 2v2l-2 2v2l-3 3h-2l-2 2h-2l-2 2h-4l-2 2h-2l-1 1l2 2v2l2 2v2l5 5h4l2 2h2l2 2h2l2 2h2l3 3v2l2 2v4l2 2v2l-2 2v4l2 2v2l4 4v2l2 2v4l2 2v2l1 1h2l2-2h4l2-2h2l2 2h4l2 2h2l3 3v2l2 2v4l2 2v2l-2 2v4l-2 2v2l-13 13h-2l-2 2h-4l-2 2h-2l-2-2h-4l-2-2h-2l-3-3v-2l-1-1h-2l-2 2h-4l-2 2h-2l-2-2h-4l-2-2h-2l-3-3v-2l-1-1h-2l-3-3v-2l-1-1l-2 2h-4l-2 2h-8l-2-2h-4l-2-2h-2l-3-3v-2l-2-2v-4l-2-2v-4l-2-2v-8l2-2v-2l-3-3h-2l-11-11v-2l-2-2v-2l-1-1l-2 2h-4l-2 2l-2-2h-4l-2-2h-2l-2-2h-2l-3-3v-2l-2-2v-2l-2-2v-6l2-2v-8l-2-2v-6l-2-2v-4l-2-2v-2l2-2l-3-3h-8l-1-1v-4l-4-4v-4l-2-2z",
            middle: (330, 44),
        },
    }
}
