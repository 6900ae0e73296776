"""What is between two people in the world of the table: Cai has written to Coco, who reported it."""

from typing import Any
from uuid import uuid4

from forum.actions.conversations import start_conversation
from forum.actions.message_reports import report_message
from tests.world import World


class Private:
    """A conversation of the author with the citizen; its first message is the author's."""

    def __init__(self, world: World) -> None:
        self.conversation = start_conversation(by=world.cai, people=[world.coco], body="How many planks?")
        message = self.conversation.messages.get(number=1)
        self.report = report_message(message, by=world.coco, reason="spam", words="Again and again.")

    def arguments(self) -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        return {"conversation": self.conversation.pk, "message_report": self.report.pk}

    def sent(self) -> dict[str, dict[str, Any]]:
        """Return the rightly filled-in forms."""
        return {
            "me_messages": {"messages_from": "nobody"},
            "message_new": {"to": "abe", "body": "Do you like bridges?", "submission": uuid4()},
            "message_write": {"body": "Three.", "submission": uuid4()},
            "conversation_people": {"to": "abe"},
            "message_report": {"reason": "abuse", "words": "Rude."},
            "site_message_report": {"decision": "dismiss", "answer": "It is a question."},
        }
