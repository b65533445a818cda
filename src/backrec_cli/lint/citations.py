"""Sources from before the year that the pack sets as its oldest."""

from collections.abc import Iterator

from backrec_cli.errors import lint as say
from backrec_cli.lint.remark import Remark
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.places import Places
from backrec_cli.source import Span


def old_citations(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for each source that is too old; one without a year is not judged."""
    oldest = pack.lint.oldest_citation
    for source in pack.sources.values():
        if oldest is not None and source.year is not None and source.year < oldest:
            warning = say.old_citation(source.id, source.year, oldest, Span(0, 0))
            yield Remark(source.id, places.source(source.id).at(warning, "year"))
