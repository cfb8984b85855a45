//! Reading countries from TopoJSON (github.com/topojson/topojson-specification):
//! borders are stored once, as arcs that neighbours share.

use serde::Deserialize;

use crate::failure::{Context, Failure, Result};

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    /// Chains of points, each as the difference from the one before, in steps
    /// of the transform.
    arcs: Vec<Vec<[f64; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(flatten)]
    shape: Shape,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    Polygon { arcs: Vec<Vec<i64>> },
    MultiPolygon { arcs: Vec<Vec<Vec<i64>>> },
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

/// A place on the globe: degrees of longitude and latitude.
pub type Point = [f64; 2];

/// A country as rings of points. Holes need no mark: a point is inside when it
/// lies within an odd number of rings.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its English name, as the data has it.
    pub name: String,
    rings: Vec<Ring>,
}

#[derive(Clone, Debug)]
struct Ring {
    points: Vec<Point>,
    least: Point,
    most: Point,
}

/// Reads the countries of an atlas.
pub fn read(json: &[u8]) -> Result<Vec<Country>> {
    let topology: Topology =
        serde_json::from_slice(json).context(|| "the atlas is no TopoJSON of countries".into())?;
    let arcs: Vec<_> = topology
        .arcs
        .iter()
        .map(|arc| absolute(arc, &topology.transform))
        .collect();
    let geometries = topology.objects.countries.geometries.into_iter();
    geometries.map(|one| country(one, &arcs)).collect()
}

fn absolute(arc: &[Point], transform: &Transform) -> Vec<Point> {
    let mut at = [0.0; 2];
    arc.iter()
        .map(|step| {
            std::array::from_fn(|axis| {
                at[axis] += step[axis];
                at[axis] * transform.scale[axis] + transform.translate[axis]
            })
        })
        .collect()
}

fn country(geometry: Geometry, arcs: &[Vec<Point>]) -> Result<Country> {
    let rings = match geometry.shape {
        Shape::Polygon { arcs } => arcs,
        Shape::MultiPolygon { arcs } => arcs.into_iter().flatten().collect(),
    };
    let rings = rings.iter().map(|ring| joined(ring, arcs));
    Ok(Country {
        name: geometry.properties.name,
        rings: rings.collect::<Result<_>>()?,
    })
}

/// A ring from its arcs; `!n` is the n-th one walked backwards.
fn joined(ring: &[i64], arcs: &[Vec<Point>]) -> Result<Ring> {
    let mut points: Vec<Point> = Vec::new();
    for &index in ring {
        let backwards = index < 0;
        let index = if backwards { !index } else { index };
        let arc = usize::try_from(index)
            .ok()
            .and_then(|index| arcs.get(index))
            .ok_or_else(|| Failure::new(format!("the atlas has no arc {index}")))?;
        if backwards {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    unwind(&mut points);
    let bound = |pick: fn(f64, f64) -> f64, from: f64| {
        let fold = |axis: usize| points.iter().fold(from, |so_far, p| pick(so_far, p[axis]));
        [fold(0), fold(1)]
    };
    Ok(Ring {
        least: bound(f64::min, f64::INFINITY),
        most: bound(f64::max, f64::NEG_INFINITY),
        points,
    })
}

/// Lets a ring that crosses the date line run on beyond 180 degrees, where it
/// would jump to the other end of the map.
fn unwind(points: &mut [Point]) {
    for n in 1..points.len() {
        let jump = points[n][0] - points[n - 1][0];
        points[n][0] -= 360.0 * (jump / 360.0).round();
    }
}

impl Country {
    /// Whether a place lies in it.
    pub fn contains(&self, [longitude, latitude]: Point) -> bool {
        let around = [longitude - 360.0, longitude, longitude + 360.0];
        let within = |ring: &&Ring| around.iter().any(|&x| ring.contains([x, latitude]));
        self.rings.iter().filter(within).count() % 2 == 1
    }
}

impl Ring {
    fn contains(&self, [x, y]: Point) -> bool {
        let outside =
            x < self.least[0] || x > self.most[0] || y < self.least[1] || y > self.most[1];
        if outside {
            return false;
        }
        let mut inside = false;
        let mut before = self.points[self.points.len() - 1];
        for &here in &self.points {
            let crosses = (here[1] > y) != (before[1] > y);
            if crosses
                && x < (before[0] - here[0]) * (y - here[1]) / (before[1] - here[1]) + here[0]
            {
                inside = !inside;
            }
            before = here;
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    /// Two countries side by side; the right one has a lake and shares its left
    /// border, which it walks backwards.
    const TWO: &str = r#"{
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [-10, 0]},
        "arcs": [
            [[8, 0], [0, 8]],
            [[8, 8], [-8, 0], [0, -8], [8, 0]],
            [[8, 0], [8, 0], [0, 8], [-8, 0]],
            [[10, 2], [4, 0], [0, 4], [-4, 0], [0, -4]]
        ],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Left"}},
            {"type": "MultiPolygon", "arcs": [[[2, -1], [3]]], "id": "2", "properties": {"name": "Right"}}
        ]}}
    }"#;

    #[test]
    fn places_lie_in_their_countries() {
        let countries = read(TWO.as_bytes()).unwrap();
        let of = |at| -> Vec<_> {
            let found = countries.iter().filter(|c| c.contains(at));
            found.map(|c| c.name.as_str()).collect()
        };
        assert_eq!(of([-8.0, 2.0]), ["Left"]);
        assert_eq!(of([-5.5, 2.0]), ["Right"]);
        assert_eq!(of([-4.0, 2.0]), [""; 0], "in the lake");
        assert_eq!(of([5.0, 2.0]), [""; 0], "at sea");
    }

    #[test]
    fn the_date_line_is_no_border() {
        // From 177 degrees east over the line to 179 degrees west.
        let across = TWO
            .replace("\"translate\": [-10, 0]", "\"translate\": [173, 0]")
            .replace(
                "[[8, 0], [8, 0], [0, 8], [-8, 0]]",
                "[[8, 0], [-712, 0], [0, 8], [712, 0]]",
            );
        let countries = read(across.as_bytes()).unwrap();
        let right = &countries[1];
        assert!(right.contains([177.5, 2.0]) && !right.contains([176.0, 2.0]));
        assert!(right.contains([-179.5, 0.5]) && !right.contains([0.0, 2.0]));
    }

    #[test]
    fn what_is_no_atlas_is_said() {
        assert!(read(b"{}").is_err());
        let torn = TWO.replace("[[0, 1]]", "[[0, 9]]");
        assert!(
            read(torn.as_bytes())
                .unwrap_err()
                .to_string()
                .contains("arc 9")
        );
    }
}
