"""What people write and keep."""

from forum.actions.closing.registry.noun import Noun

NOUNS = {
    "forum.Thread": Noun(
        "threads",
        "author",
        export="posts/",
        by_hand="title alias excerpt",
        stays="last_author language source_slug",
    ),
    "forum.Post": Noun("posts", "author", export="posts/", by_hand="title body html source", stays="language"),
    "forum.Revision": Noun(
        "every version of a post",
        "author",
        export="revisions.json",
        by_hand="title body reason salt",
        stays="content_hash chain_hash",
    ),
    "forum.Attachment": Noun("pictures one uploaded", "owner", export="images/", by_hand="name alt"),
    "forum.Draft": Noun(
        "texts not sent yet",
        "user",
        export="drafts.json",
        goes=True,
        stays="title body source reason beside sending problem",
    ),
    "forum.Recommendation": Noun("what one recommended", "user", export="recommendations.json"),
    "forum.Digest": Noun(
        "digests: private ones go, public ones stay only under the name",
        "owner",
        export="digests/",
        by_hand="slug title subtitle dedication description foreword foreword_html",
        stays="language",
    ),
    "forum.DigestChapter": Noun(
        "headings and introductions in them; they go with the digest",
        export="digests/",
        by_hand="title introduction introduction_html",
    ),
    "forum.DigestEntry": Noun("notes in them; they go with the digest", export="digests/", by_hand="note"),
    "forum.Poll": Noun(
        "polls one asked",
        "author",
        export="votes.json",
        by_hand="question",
        stays="counts chain_head result",
    ),
    "forum.Option": Noun(
        "an answer of a poll, or a candidate's name", kept_back="a part of the poll", by_hand="text", stays="person"
    ),
    "forum.Message": Noun("private messages", "author", export="messages/", erased="body html", stays="language"),
    "forum.Conversation": Noun("conversations one began", "starter", export="messages/", erased="subject"),
    "forum.Participant": Noun("conversations one takes part in", "user", export="messages/", by_hand=""),
    "forum.MessageReport": Noun(
        "messages that one showed to the site's moderators",
        "reporter",
        export="message-reports.json",
        emptied="words",
        by_hand="body",  # of the person's own messages, that others reported
        stays="person language reason decided_by answer",
    ),
    "forum.Mention": Noun("texts of others that speak of one", "user", kept_back="texts of others", goes=True),
}
