"""How the registry speaks of a table: what of it is personal, what closing does to it, where it is found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noun:
    """A table that holds something of people; each of its fields that could stands in one of the lists below.

    `owner` is the field that leads to the person whose rows these are; without one, other people's rows name a person.
    `export` is the file (or folder) of the archive of /me/export/ in which a person finds it; where there is none,
    `kept_back` says why.
    """

    what: str
    owner: str = ""
    export: str = ""
    kept_back: str = ""
    # When the account is closed the rows of the owner are deleted. `stays` lists their fields.
    goes: bool = False
    # Fields of the owner's rows that are emptied: in any case; unless the texts stay under the name; with the texts.
    emptied: str = ""
    nameless: str = ""
    erased: str = ""
    # Fields that a module of forum/actions/closing/ sees to.
    by_hand: str = ""
    # Links to an account that then bears no name any more; what others wrote; hashes, addresses and numbers.
    stays: str = ""

    @property
    def fields(self) -> set[str]:
        """The names of all fields in the lists."""
        lists = (self.owner, self.emptied, self.nameless, self.erased, self.by_hand, self.stays)
        return {name for some in lists for name in some.split()}
