"""A mention: a noun phrase that names or points to actors, described but not yet resolved.

"Two senior U.S. officials" -> sort role, role official, of the U.S., count two.
"""

from dataclasses import dataclass, field

from twotrack.mark.actors.names import Meaning


@dataclass(slots=True, eq=False)
class Mention:
    """A phrase over tokens `first..last`. `core` is the last token of what names it, `head` the token that the clause sees.

    `sort`: person (a personal name), role ("officials"), name (of a state, body, region), adjective, unknown (a proper name
    that no lexicon has), pronoun. `of` is whom a role belongs to, `beside` what stands before a name without a role, `owner`
    the token of a possessive pronoun, `inner` that the mention is part of another.
    """

    first: int
    last: int
    core: int
    sort: str
    head: int = -1
    names: tuple[Meaning, ...] = ()
    spelled: str = ""
    role: Meaning | None = None
    body: Meaning | None = None
    of: list["Mention"] = field(default_factory=list)
    beside: list["Mention"] = field(default_factory=list)
    owner: int | None = None
    determiner: str = ""
    count: str = ""
    many: bool = False
    former: bool = False
    then: bool = False
    gender: str = ""
    inner: bool = False

    @property
    def code(self) -> str:
        """The CAMEO role code: of "foreign ministry spokesman" the ministry's, since a spokesman speaks for any body."""
        if self.body and (self.role is None or self.role.kind in ("member", "group")):
            return self.body.id
        return self.role.id if self.role else ""

    @property
    def role_word(self) -> str:
        """The role in the singular, as its lexicon has it: "foreign minister"."""
        return self.role.word if self.role else ""
