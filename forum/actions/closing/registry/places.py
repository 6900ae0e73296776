"""Cities, and what people are and do in them."""

from forum.actions.closing.registry.noun import Noun

NOUNS = {
    "forum.ArchivedAuthor": Noun(
        "the name one had in an archive", "user", export="account.json", by_hand="source_name", emptied="email"
    ),
    "forum.Claim": Noun(
        "that one asked for an account from an archive",
        "claimant",
        export="account.json",
        emptied="email words",
        stays="person decided_by answer",
    ),
    "forum.Membership": Noun("cities one belongs to", "user", export="memberships.json", by_hand=""),
    "forum.Application": Noun(
        "applications to cities",
        "user",
        export="memberships.json",
        emptied="statement answers",
        stays="decided_by answer",
    ),
    "forum.Notice": Noun(
        "notices one posted as an officer; those of the program may name one",
        "author",
        export="notices.json",
        by_hand="title body html",
    ),
    "forum.RollCall": Noun("days on which one answered the roll call", "user", export="city-life.json"),
    "forum.GuestbookEntry": Noun("lines in guestbooks", "author", export="city-life.json", erased="body"),
    "forum.CityRecommendation": Noun("cities one recommended", "user", export="city-life.json"),
    "forum.Voter": Noun("that one may vote, and whether one did", "user", export="votes.json"),
    "forum.Ballot": Noun(
        "what one chose in open polls", "voter", export="votes.json", stays="receipt choices chain_hash"
    ),
    "forum.Election": Noun(
        "votes on offices", kept_back="the record of the city", by_hand="outcome", stays="person called_by"
    ),
    "forum.Candidacy": Noun(
        "that one stood for an office", "user", export="votes.json", nameless="statement", stays="proposed_by"
    ),
    "forum.Petition": Noun("petitions one began", "author", export="votes.json", nameless="words", stays="person"),
    "forum.Signature": Noun("petitions one signed", "user", export="votes.json"),
    "forum.Handover": Noun(
        "offers of the office of mayor", kept_back="the record of the city", stays="offered_by person"
    ),
}
