//! How large a picture is, so that the page keeps its place free.

use std::{fs, path::Path};

use super::source::MAX_FILE_BYTES;

/// Width and height in CSS pixels of the file that visitors fetch as `src`.
///
/// # Errors
///
/// Why it is no picture of the folder, as a sentence for writers.
pub fn size(public: &Path, src: &str) -> Result<(u32, u32), String> {
    let path = src.strip_prefix('/').ok_or_else(|| format!("picture address {src} is not /…"))?;
    let safe = |it: &str| !it.is_empty() && it != "." && it != ".." && !it.contains(['\\', '\0']);
    if !path.split('/').all(safe) {
        return Err(format!("picture address {src} leaves the folder"));
    }
    let file = public.join(path);
    let missing = |error| format!("picture {src} cannot be read: {error}");
    let unknown = || format!("picture {src} has no size that can be read");
    if Path::new(path).extension().is_some_and(|it| it == "svg") {
        let length = fs::metadata(&file).map_err(missing)?.len();
        if MAX_FILE_BYTES < length {
            return Err(format!("picture {src} is longer than {MAX_FILE_BYTES} bytes"));
        }
        let svg = fs::read_to_string(&file).map_err(missing)?;
        return svg_size(&svg).ok_or_else(unknown);
    }
    fs::metadata(&file).map_err(missing)?;
    let size = imagesize::size(&file).map_err(|_| unknown())?;
    u32::try_from(size.width).ok().zip(u32::try_from(size.height).ok()).ok_or_else(unknown)
}

/// Size of an SVG: its `viewBox`, else `width` and `height` (SVG 2, section 8.2).
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let (_, rest) = svg.split_once("<svg")?;
    let (tag, _) = rest.split_once('>')?;
    let value = |name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(it, _)| it)
    };
    let whole = |text: &str| {
        let number: f64 = text.trim_end_matches("px").parse().ok()?;
        // The range makes the cast exact enough: sizes are whole pixels of a page.
        (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
    };
    let from_box = value("viewBox").and_then(|it| {
        let mut numbers = it.split([' ', ',']).filter(|it| !it.is_empty()).skip(2);
        whole(numbers.next()?).zip(whole(numbers.next()?))
    });
    from_box.or_else(|| whole(value(" width")?).zip(whole(value(" height")?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_as_large_as_its_view_box() {
        assert_eq!(svg_size("<svg viewBox=\"0 0 320 180.4\">"), Some((320, 180)));
        assert_eq!(svg_size("<svg width=\"32px\" height=\"18\">"), Some((32, 18)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 NaN -1\">"), None);
        assert_eq!(svg_size(""), None);
    }

    #[test]
    fn a_picture_cannot_be_taken_from_outside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.svg"), "<svg viewBox=\"0 0 2 1\">").unwrap();
        assert_eq!(size(folder.path(), "/a.svg"), Ok((2, 1)));
        for src in ["/../a.svg", "a.svg", "//a.svg", "/b.svg", "/b.png", "/"] {
            assert!(size(folder.path(), src).is_err(), "{src}");
        }
    }
}
