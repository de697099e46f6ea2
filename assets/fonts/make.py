"""Makes math.ttf of KaTeX's fonts: `python make.py FOLDER-OF-KATEX-FONTS`. README.md says how to get them."""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

# Larger forms stand in the private use area, 16 characters for each of KaTeX's four sizes: src/formula/font.rs.
LARGER = {1: "()√∑", 2: "()√∑", 3: "()√", 4: "()√"}
PLACES = "()√∑"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
UPRIGHT = LATIN + "0123456789 !'()*+,-./:;<=>[]^_{|}ΓΔΛΣΦΩ∂∇∞±×⋅−∗→←⇒↦≤≥≈∝∈⊥⊤′…∥⟨⟩√"
GREEK = "αβγδεζηθκλμνξπρστφχψω"


def italic(letter):
    """Unicode's mathematical italic; its h is elsewhere."""
    return 0x210E if letter == "h" else 0x1D434 + LATIN.index(letter)


def read(folder, name):
    return TTFont(f"{folder}/KaTeX_{name}.ttf")


def take(font, other, letter, code):
    """Puts another font's glyph for a letter into `font`, under a code of its own."""
    source = other.getBestCmap()[ord(letter)]
    glyph = other["glyf"][source]
    assert not glyph.isComposite(), letter
    name = f"u{code:05X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["hmtx"].metrics[name] = other["hmtx"][source]
    for table in font["cmap"].tables:
        table.cmap[code] = name


def with_all_codes(font):
    """Gives the font a table of codes beyond 16 bits."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = dict(font.getBestCmap())
    font["cmap"].tables = [table]


def main(folder):
    font = read(folder, "Main-Regular")
    # Its first access reads the whole table.
    font["glyf"].glyphs, font["hmtx"].metrics
    with_all_codes(font)
    kept = set(map(ord, UPRIGHT))
    letters = read(folder, "Math-Italic")
    for letter in LATIN + GREEK:
        code = italic(letter) if letter in LATIN else ord(letter)
        take(font, letters, letter, code)
        kept.add(code)
    for size, signs in LARGER.items():
        larger = read(folder, f"Size{size}-Regular")
        for sign in signs:
            code = 0xE000 + 16 * size + PLACES.index(sign)
            take(font, larger, sign, code)
            kept.add(code)
    options = Options()
    options.hinting = False
    options.notdef_outline = False
    options.name_IDs = [1, 2, 13, 14]
    options.drop_tables += ["gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    # The licence reserves the names of what this is made of.
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Samscope Math"
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save("math.ttf")


main(*sys.argv[1:])
