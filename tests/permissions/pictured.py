"""A picture in the world of the table: Cai's, shown by Coco's reply."""

import io
from typing import Any

from PIL import Image

from accounts.pictures import Picture
from forum.actions.attachments import upload_image
from forum.models import Attachment, Placing
from tests.world import World


def png(colour: str = "red", size: tuple[int, int] = (4, 3)) -> bytes:
    """Return a small picture as a file."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


class Sent:
    """A file that may be sent as often as there are roles."""

    name = "plank.png"
    content_type = "image/png"

    def read(self) -> bytes:
        """Return all of it, every time."""
        return png()


class Pictured:
    """The picture, and what its addresses and forms ask for."""

    def __init__(self, world: World) -> None:
        self.image: Attachment = upload_image(Picture(png(), "png", 4, 3), by=world.cai, alt="A plank")
        Placing.objects.create(attachment=self.image, revision=world.reply.revisions.get(number=1))
        self.spare = upload_image(Picture(png("blue"), "png", 4, 3), by=world.cai)  # the reply is under report

    def arguments(self, address: str) -> dict[str, Any]:
        """Return what the addresses are made of."""
        if address == "image":
            return {"image": self.image.name}
        return {"image": self.spare.pk if address == "me_image_delete" else self.image.pk}

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the forms, filled in."""
        return {"me_images": {"image": Sent(), "alt": "A plank"}, "me_image": {"alt": "Two planks"}}
