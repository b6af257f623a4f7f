"""Pictures and other files that editors put beside their texts, under the names they have there."""

from pathlib import Path

from plugins.writer import SiteWriter
from publication import files
from publication.pictures import svg
from publication.pictures.check import MEDIA, Pictures
from publication.pictures.kinds import SVG
from publication.pictures.metadata import strip
from publication.pictures.reading import Picture


class Media:
    """The files under ``media/`` of the content folder."""

    def __init__(self, content: Path, pictures: Pictures) -> None:
        self.content, self.pictures = content, pictures

    def copy(self, writer: SiteWriter) -> None:
        """Put what is public of them into the output: pictures without what cameras wrote into them."""
        for file in files.find(self.content / MEDIA):
            name = file.relative_to(self.content).as_posix()
            if name in self.pictures.public:
                writer.put(name, self.clean(name))

    def read(self, name: str) -> bytes:
        """``media/x.jpg`` as the editor saved it."""
        return (self.content / name).read_bytes()

    def clean(self, name: str) -> bytes:
        """``media/x.jpg`` as readers may have it."""
        data, picture = self.read(name), self.pictures.found.get(name)
        return cleaned(data, picture) if picture else data


def cleaned(data: bytes, picture: Picture) -> bytes:
    """The bytes of a picture without anything that is not to be seen; a drawing written anew."""
    return svg.read(data).data if picture.kind == SVG else strip(data, picture.kind, picture.orientation)
