"""Smaller copies: right side up, in the right colours, without anything that the camera wrote."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from plugins import renditions
from plugins.darkroom import pack, unpack
from publication.pictures.kinds import KINDS
from publication.pictures.metadata import strip
from publication.pictures.reading import examine
from tests.build.newsroom import picture

SECRET = b"SECRET"
KIND = {kind.name: kind for kind in KINDS}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def notes(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: its name, the place, which side is up."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET", orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 30.0, 1.0)})
    return exif


def flag(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (0, size[1] // 2, size[0], size[1]))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return isinstance(pixel, tuple) and all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=False))


@pytest.mark.parametrize(
    ("width", "expected"), [(3000, [480, 960, 1440]), (1000, [480, 1000]), (500, [500]), (480, [480]), (30, [30])]
)
def test_copies_come_in_three_widths_at_most_and_are_never_enlarged(width: int, expected: list[int]) -> None:
    made = renditions.shown(picture(width, 60, "JPEG"), is_drawn=False)

    assert sorted(one.width for one in made if one.ending == "avif") == expected
    assert sorted(one.width for one in made if one.ending == "webp") == expected
    assert (made[-1].ending in ("jpg", "png"), made[-1].width) == (True, min(width, 960))
    for one in made:
        assert opened(one.data).size == (one.width, one.height)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = picture(600, 300)

    assert renditions.shown(data, is_drawn=True) == renditions.shown(data, is_drawn=True)
    assert renditions.shared(data) == renditions.shared(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_copies_carry_no_notes_and_stand_upright(form: str) -> None:
    data = saved(flag(), form, exif=notes(6), **({"comment": SECRET} if form == "JPEG" else {}))

    for one in [*renditions.shown(data, is_drawn=False), renditions.shared(data)]:
        assert SECRET not in one.data
        assert not opened(one.data).getexif()
    upright = opened(renditions.shown(data, is_drawn=False)[-1].data).convert("RGB")
    assert upright.size == (80, 120)
    assert near(upright.getpixel((70, 60)), (200, 0, 0))
    assert near(upright.getpixel((10, 60)), (0, 0, 200))


@pytest.mark.parametrize(
    ("form", "image"),
    [
        ("JPEG", flag("CMYK")),
        ("PNG", flag("P")),
        ("PNG", flag("RGBA")),
        ("WEBP", flag()),
    ],
    ids=["cmyk", "palette", "alpha", "webp"],
)
def test_every_way_to_store_colours_is_understood(form: str, image: Image.Image) -> None:
    for one in renditions.shown(saved(image, form), is_drawn=True):
        shown = opened(one.data).convert("RGB")
        assert near(shown.getpixel((60, 10)), (200, 0, 0)), one.ending
        assert near(shown.getpixel((60, 70)), (0, 0, 200)), one.ending


def test_sixteen_bits_of_grey_become_eight() -> None:
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 256).convert("I;16")

    shown = opened(renditions.shown(saved(grey, "PNG"), is_drawn=True)[-1].data).convert("L")

    assert [shown.getpixel((5, y)) // 32 for y in (10, 130, 250)] == [0, 4, 7]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so_but_where_links_are_shown(mode: str) -> None:
    clear = flag("RGBA")
    clear.putalpha(0)
    data = saved(clear.convert(mode), "PNG")

    made = renditions.shown(data, is_drawn=True)

    assert made[-1].ending == "png"
    assert all(opened(one.data).convert("RGBA").getpixel((9, 9))[3] == 0 for one in made)  # type: ignore[index]
    assert near(opened(renditions.shared(data).data).convert("RGB").getpixel((9, 9)), renditions.PAPER)


def test_colours_are_converted_to_srgb() -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")

    shown = opened(renditions.shown(saved(flag(), "PNG", icc_profile=swapped), is_drawn=True)[-1].data).convert("RGB")

    assert near(shown.getpixel((60, 10)), (0, 0, 200))
    assert not shown.info.get("icc_profile")


def test_a_broken_colour_profile_is_passed_over() -> None:
    for one in renditions.shown(saved(flag(), "PNG", icc_profile=SECRET * 30), is_drawn=False):
        assert near(opened(one.data).convert("RGB").getpixel((60, 10)), (200, 0, 0))
        assert SECRET not in one.data


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2400, 1600), (1200, 630)), ((1200, 630), (1200, 630)), ((600, 400), (600, 315)), ((300, 900), (300, 158))],
)
def test_the_copy_beside_links_has_the_shape_that_is_asked_for(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    shared = renditions.shared(picture(*size, form="JPEG"))

    assert (shared.width, shared.height) == opened(shared.data).size == expected
    assert shared.ending in ("jpg", "png")


def moving(form: str) -> Callable[..., bytes]:
    frames = {"save_all": True, "append_images": [flag().rotate(180)]}
    return lambda **options: saved(flag(), form, **frames, **options)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP", "AVIF"])
def test_the_original_loses_its_notes_and_keeps_its_pixels(form: str, orientation: int) -> None:
    options = {"comment": SECRET} if form == "JPEG" else {}
    data = saved(flag(), form, exif=notes(orientation), icc_profile=b"", **options) + b"SECRET behind the end"
    if form in ("WebP", "AVIF"):
        data = data.removesuffix(b"SECRET behind the end")
    facts = examine(data, KIND[form])

    clean = strip(data, KIND[form], facts.orientation)

    assert SECRET not in clean
    assert not dict(opened(clean).getexif().get_ifd(0x8825))
    seen = examine(clean, KIND[form])
    assert (seen.width, seen.height) == (facts.width, facts.height) == ((80, 120) if orientation == 6 else (120, 80))
    if form != "AVIF":
        assert opened(clean).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("form", ["GIF", "PNG", "WebP"])
def test_what_moves_goes_on_moving_without_notes(form: str) -> None:
    options = {"comment": SECRET} if form == "GIF" else {"exif": notes()}
    data = moving(form)(**options)
    assert SECRET in data

    clean = strip(data, KIND[form])

    assert SECRET not in clean
    assert getattr(opened(clean), "n_frames", 1) == 2
    assert examine(clean, KIND[form]).is_animated


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP", "GIF"])
def test_a_picture_without_notes_is_left_as_it_is(form: str) -> None:
    once = strip(saved(flag(), form), KIND[form])

    assert strip(once, KIND[form]) == once
    assert opened(once).size == (120, 80)


def test_what_was_packed_is_unpacked() -> None:
    made = renditions.shown(picture(), is_drawn=False)

    assert unpack(pack(made)) == made
