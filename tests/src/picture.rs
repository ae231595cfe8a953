//! Turns what a display shows into a picture file.

/// Size of the fixed part of the header of an X window dump, in 32-bit words.
const WORDS: usize = 25;
/// Bytes of a colour map entry.
const COLOR: usize = 12;

/// The upper left corner of an X window dump (32 bits a pixel, blue first) as PNG. `None` for other forms.
pub fn png(dump: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let words: Vec<u32> = dump
        .chunks_exact(4)
        .take(WORDS)
        .map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
        .collect();
    let [header, bits, line, colors] = [0, 11, 12, 19].map(|at| words.get(at).copied());
    let (line, start) = (line? as usize, header? as usize + colors? as usize * COLOR);
    if bits? != 32 || width > words[4] || height > words[5] {
        return None;
    }
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for row in 0..height as usize {
        let from = start + row * line;
        let row = dump.get(from..from + width as usize * 4)?;
        pixels.extend(
            row.chunks_exact(4)
                .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]),
        );
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .write_header()
        .ok()?
        .write_image_data(&pixels)
        .ok()?;
    Some(file)
}
