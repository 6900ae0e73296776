"""What is reported and decided, and the record of everything."""

from forum.actions.closing.registry.noun import Noun

NOUNS = {
    "forum.Event": Noun(
        "the record: who did what when",
        "actor",
        export="events.json",
        by_hand="reason data salt",
        stays="kind person content_hash chain_hash",
    ),
    "forum.Sanction": Noun(
        "what was decided about one, and in which words",
        "person",
        export="decisions.json",
        stays="words imposed_by lifted_by",
    ),
    "forum.Appeal": Noun("appeals", "person", export="decisions.json", emptied="words", stays="decided_by answer"),
    "forum.Case": Noun(
        "reports of one thing",
        kept_back="the officers' own",
        stays="person escalated_by escalated_words decided_by answer",
    ),
    "forum.Report": Noun("what one reported", "reporter", export="reports.json", emptied="words", stays="reason"),
    "forum.Hold": Noun("why a post of one waited", export="posts/", stays="found decided_by answer"),
}
