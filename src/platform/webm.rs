//! Videos as WebM files: what the browser's encoder makes of the frames, in the elements that players read
//! (<https://www.matroska.org/technical/elements.html>).

/// An encoded frame.
pub struct Encoded {
    /// What the encoder has made of it.
    pub bytes: Vec<u8>,
    /// Whether it can be shown without those before it.
    pub is_key: bool,
    /// When it is shown, in milliseconds.
    pub at: f64,
}

const EBML: &[u8] = &[0x1a, 0x45, 0xdf, 0xa3];
const EBML_VERSION: &[u8] = &[0x42, 0x86];
const EBML_READ_VERSION: &[u8] = &[0x42, 0xf7];
const EBML_MAX_ID_LENGTH: &[u8] = &[0x42, 0xf2];
const EBML_MAX_SIZE_LENGTH: &[u8] = &[0x42, 0xf3];
const DOC_TYPE: &[u8] = &[0x42, 0x82];
const DOC_TYPE_VERSION: &[u8] = &[0x42, 0x87];
const DOC_TYPE_READ_VERSION: &[u8] = &[0x42, 0x85];
const SEGMENT: &[u8] = &[0x18, 0x53, 0x80, 0x67];
const INFO: &[u8] = &[0x15, 0x49, 0xa9, 0x66];
const TIMESTAMP_SCALE: &[u8] = &[0x2a, 0xd7, 0xb1];
const DURATION: &[u8] = &[0x44, 0x89];
const MUXING_APP: &[u8] = &[0x4d, 0x80];
const WRITING_APP: &[u8] = &[0x57, 0x41];
const TRACKS: &[u8] = &[0x16, 0x54, 0xae, 0x6b];
const TRACK_ENTRY: &[u8] = &[0xae];
const TRACK_NUMBER: &[u8] = &[0xd7];
const TRACK_UID: &[u8] = &[0x73, 0xc5];
const TRACK_TYPE: &[u8] = &[0x83];
const CODEC_ID: &[u8] = &[0x86];
const VIDEO: &[u8] = &[0xe0];
const PIXEL_WIDTH: &[u8] = &[0xb0];
const PIXEL_HEIGHT: &[u8] = &[0xba];
const CLUSTER: &[u8] = &[0x1f, 0x43, 0xb6, 0x75];
const TIMESTAMP: &[u8] = &[0xe7];
const SIMPLE_BLOCK: &[u8] = &[0xa3];

/// The file of a VP8 video of this size in pixels that lasts so many milliseconds.
pub fn webm(size: [u32; 2], duration: f64, frames: &[Encoded]) -> Vec<u8> {
    let header = [
        // First: what tells files apart by their beginnings does not look far.
        element(DOC_TYPE, b"webm"),
        whole(EBML_VERSION, 1),
        whole(EBML_READ_VERSION, 1),
        whole(EBML_MAX_ID_LENGTH, 4),
        whole(EBML_MAX_SIZE_LENGTH, 8),
        whole(DOC_TYPE_VERSION, 2),
        whole(DOC_TYPE_READ_VERSION, 2),
    ];
    let info = [
        // Timestamps are milliseconds.
        whole(TIMESTAMP_SCALE, 1_000_000),
        element(MUXING_APP, b"samscope"),
        element(WRITING_APP, b"samscope"),
        element(DURATION, &duration.to_be_bytes()),
    ];
    let video = [whole(PIXEL_WIDTH, size[0].into()), whole(PIXEL_HEIGHT, size[1].into())];
    let track = [
        whole(TRACK_NUMBER, 1),
        whole(TRACK_UID, 1),
        // Video.
        whole(TRACK_TYPE, 1),
        element(CODEC_ID, b"V_VP8"),
        element(VIDEO, &video.concat()),
    ];
    let tracks = element(TRACK_ENTRY, &track.concat());
    let mut segment = vec![element(INFO, &info.concat()), element(TRACKS, &tracks)];
    segment.extend(frames.chunk_by(|_, next| !next.is_key).map(cluster));
    [element(EBML, &header.concat()), element(SEGMENT, &segment.concat())].concat()
}

/// Frames from one that stands alone up to the next; at most 32 s, since a block counts its time in 16 bits.
fn cluster(frames: &[Encoded]) -> Vec<u8> {
    let begin = frames[0].at.round();
    let blocks = frames.iter().flat_map(|frame| {
        let [high, low] = ((frame.at.round() - begin) as i16).to_be_bytes();
        // The track, the time since the cluster's, whether the frame stands alone.
        let head = [0x81, high, low, if frame.is_key { 0x80 } else { 0 }];
        element(SIMPLE_BLOCK, &[&head, frame.bytes.as_slice()].concat())
    });
    element(CLUSTER, &whole(TIMESTAMP, begin as u64).into_iter().chain(blocks).collect::<Vec<_>>())
}

fn whole(id: &[u8], value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// Name, length in eight bytes (the first of which says so), content.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &((content.len() as u64) | 1 << 56).to_be_bytes(), content].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The elements right inside this one.
    fn inside(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
        let mut elements = Vec::new();
        while !bytes.is_empty() {
            let (id, rest) = bytes.split_at(bytes[0].leading_zeros() as usize + 1);
            let (length, rest) = rest.split_at(8);
            let length = u64::from_be_bytes(length.try_into().expect("eight bytes")) & !(1 << 56);
            let (content, rest) = rest.split_at(length as usize);
            elements.push((id, content));
            bytes = rest;
        }
        elements
    }

    #[test]
    fn a_video_has_its_frames_in_clusters_that_begin_with_one_that_stands_alone() {
        let frame = |i: u8| Encoded { bytes: vec![i; 3], is_key: i.is_multiple_of(2), at: 100.0 * f64::from(i) / 3.0 };
        let frames: Vec<_> = (0..5).map(frame).collect();
        let file = webm([800, 641], 500.0, &frames);
        let parts = inside(&file);
        assert_eq!(parts.iter().map(|part| part.0).collect::<Vec<_>>(), [EBML, SEGMENT]);
        let segment = inside(parts[1].1);
        assert_eq!(segment.iter().map(|part| part.0).collect::<Vec<_>>(), [INFO, TRACKS, CLUSTER, CLUSTER, CLUSTER]);
        let second = inside(segment[3].1);
        assert_eq!(second[0], (TIMESTAMP, 67_u64.to_be_bytes().as_slice()));
        assert_eq!(second[1], (SIMPLE_BLOCK, [0x81, 0, 0, 0x80, 2, 2, 2].as_slice()));
        assert_eq!(second[2], (SIMPLE_BLOCK, [0x81, 0, 33, 0, 3, 3, 3].as_slice()));
    }
}
