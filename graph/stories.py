"""From the tree of a file in stories/ to stories: numbered steps, each a caption and what it shows.

In: a tree of `reading`: one story, or a list of them. Out: Stories with what they name, and Problems with file and
line. A story with an error is left out as a whole: without one of its steps, which may be the denial or the
correction, it would tell something else. Whether its claims may be told is `told`'s question.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import Step, Story
from .reading import Items, Tree
from .values import ID, Mention, Values

STORY_KEYS = ("id", "title", "intro", "steps")
STEP_KEYS = ("title", "caption", "claims", "entities", "theme", "focus")


class Stories(Values):
    """Reads the stories of one file; Problems are collected, nothing is raised."""

    def stories(self, tree: Tree | None) -> Iterator[tuple[Story | None, list[Mention]]]:
        """Each story, None where it must be left out, with the entities and themes that it names."""
        for item in tree.items if isinstance(tree, Items) else [tree] if tree is not None else []:
            first = len(self.mentions)
            story = self.story(item)
            yield story, self.mentions[first:]

    def story(self, tree: Tree) -> Story | None:
        """One story; None where anything in it is wrong."""
        before = self.errors
        fields = self.fields(tree, "story", STORY_KEYS)
        if fields is None:
            return None
        self.need(fields, "story", ("id", "title", "steps"), tree)
        id = self.line(fields.get("id"), "id")
        if id and not ID.fullmatch(id):
            self.problem("bad-id", fields["id"], id=id)
        story = Story(
            id=id,
            title=self.words(fields.get("title"), "title", one_line=True),
            steps=tuple(self.each(fields.get("steps"), "steps", self.step)),
            intro=self.words(fields.get("intro"), "intro"),
            where=self.where(tree),
        )
        return story if self.errors == before else None

    def step(self, tree: Tree) -> Step | None:
        """One step of it."""
        fields = self.fields(tree, "step", STEP_KEYS)
        if fields is None:
            return None
        self.need(fields, "step", ("caption",), tree)
        if not {"claims", "entities", "theme"} & fields.keys():
            self.problem("step-without-evidence", tree)
        claims = self.each_once(fields.get("claims"), "claims")
        entities = self.each_once(fields.get("entities"), "entities")
        self.mentions += [Mention("entity", "entities", id, self.where(line)) for id, line in entities.items()]
        focus = self.line(fields.get("focus"), "focus")
        if focus and focus not in {**claims, **entities}:
            self.unknown("step-focus", focus, [*claims, *entities], fields["focus"])
        return Step(
            caption=self.words(fields.get("caption"), "caption"),
            title=self.words(fields.get("title"), "title", one_line=True),
            claims=tuple(claims),
            entities=tuple(entities),
            theme=self.ref(fields.get("theme"), "theme", "theme"),
            focus=focus,
            claim_lines=tuple(claims.values()),
            where=self.where(tree),
        )

    def each_once(self, tree: Tree | None, key: str) -> dict[str, int]:
        """One name or a list of them, each once and in their order, with its line."""
        found: dict[str, int] = {}
        for item in tree.items if isinstance(tree, Items) else [tree] if tree is not None else []:
            if name := self.line(item, key):
                found.setdefault(name, item.line)
        return found
