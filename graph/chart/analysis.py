"""What the analyses find, as the page shows it: who stands between, who sits on several sides, who else says so.

In: a project, the claims of its drawing. Out: plain data for JSON; claims by their numbers in the drawing. The finding
is done by graph/explore, as for the command `analyze`; here it is only cut to what a page has room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..explore.brokers import brokers
from ..explore.chosen import choose
from ..explore.corroboration import corroboration
from ..explore.interlocks import Seat, Sitter, interlocks
from ..explore.ties import Tie
from ..model import Claim, Project, claim_id

_MOST = 8  # rows of each analysis; `analyze` has them all


def origins(project: Project, claims: Sequence[Claim]) -> dict[int, int]:
    """Which of the independent sources of its proposition a claim comes from, by its number.

    Where there is one, its claims are left out. A chain of second hands counts as one (explore/corroboration.py).
    """
    numbers = {claim: n for n, claim in enumerate(claims)}
    return {
        numbers[claim]: n
        for proposition in corroboration(choose(project)).several
        for n, origin in enumerate(proposition.origins)
        for claim in origin.claims
        if claim in numbers
    }


def analyses(project: Project, claims: Sequence[Claim]) -> dict[str, Any]:
    """Brokers and interlocks over accepted and disputed claims."""
    chosen = choose(project)
    by_id = {claim_id(claim, project.base): n for n, claim in enumerate(claims)}
    numbers = {claim: n for n, claim in enumerate(claims)}
    found = interlocks(chosen)
    return {
        "brokers": [
            {
                "id": broker.entity,
                "near": broker.neighbours,
                "falls": [[piece.size, list(piece.some[:3])] for piece in broker.pieces[1:4]],
                "claims": _numbered(broker.ties, by_id),
            }
            for broker in brokers(chosen.ties).between[:_MOST]
        ],
        "sitters": [_sitter(sitter, numbers) for sitter in [*found.doors, *found.people, *found.bodies][: 2 * _MOST]],
    }


def _numbered(ties: Iterable[Tie], by_id: Mapping[str, int]) -> list[int]:
    """The surest claims first, a few of them."""
    ranked = sorted(ties, key=lambda tie: tie.order)
    return [by_id[tie.claim] for tie in ranked if tie.claim in by_id][:4]


def _sitter(sitter: Sitter, numbers: Mapping[Claim, int]) -> dict[str, Any]:
    return {
        "id": sitter.entity,
        "doors": [door.value for door in sitter.doors],
        "sides": [{"kind": side.kind, "seats": [_seat(seat, numbers) for seat in side.seats]} for side in sitter.sides],
    }


def _seat(seat: Seat, numbers: Mapping[Claim, int]) -> list[Any]:
    return [seat.body, [numbers[claim] for claim in seat.claims if claim in numbers]]
