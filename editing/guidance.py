"""What helps somebody who writes a case: how many words are wanted, what is needed first, and a good example."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from editing.readiness import TEXTS
from practices.richtext import words

#: All from one real case, the Design Transfer Bonus of Berlin.
EXAMPLES = {
    "summary": _(
        "A Berlin grant that pays up to 70% of an external design assignment for small technology firms and is "
        "promoted through matchmaking events between engineers and designers."
    ),
    "challenge": _(
        "Berlin has thousands of design firms, but for a small technology company design often seems out of reach; "
        "the city wants designers to be involved early, while a product can still be shaped for its users and market."
    ),
    "description": _(
        "A small or medium-sized firm with a technology-related product or service applies with a concrete project. "
        "It can commission design work, design consultancy or design management for a new or clearly improved "
        "product, service or process. The contractor must be independent of the applicant, based in Berlin or "
        "Brandenburg and able to show a comparable reference; design schools can also be hired. The grant covers up "
        "to 70% of the cost and is capped at 15,000 euro, so projects above roughly 21,400 euro receive a lower share."
    ),
    "partners_role": _(
        "The Senate Department for Economics, Technology and Research set up and finances the programme; B.&S.U. "
        "Beratungs- und Servicegesellschaft Umwelt mbH administers it; business support agencies of the city and "
        "districts promote it at matchmaking events; design firms and universities deliver the work."
    ),
    "resources": _(
        "Grant of up to 70% of an external design contract, at most 15,000 euro per project; paid as de minimis aid. "
        "Total annual budget not found."
    ),
    "results": _(
        "No figures for the design variant were found; for the Transfer Bonus programme as a whole the Senate "
        "reported more than 900 approved applications with a project volume above 11 million euro between 2009 and "
        "January 2021."
    ),
    "lessons": _(
        "Applicants must wait: work commissioned before approval is not eligible, and at least three comparable "
        "quotes are required. Because funding depends on the state budget, no grants could be approved in early 2022 "
        "until the new budget act was passed."
    ),
    "transferability": _(
        "Needs a funder able to give small de minimis grants, an administrator who can judge design offers, simple "
        "eligibility rules, and organised encounters: the voucher alone does not introduce engineers to designers."
    ),
}


@dataclass(frozen=True)
class Guidance:
    """What stands beside one text of the form."""

    words: int
    enough: int
    is_needed: bool
    example: str


def guide(form):
    """Puts beside each text of the form how many words it has, how many are wanted, and a good example."""
    for wanted in TEXTS:
        if wanted.name not in form.fields:
            continue
        field = form.fields[wanted.name]
        field.guidance = Guidance(
            words(str(form[wanted.name].value() or "")), wanted.enough, wanted.is_needed, EXAMPLES[wanted.name]
        )
        field.widget.attrs |= {"data-words-wanted": wanted.enough, "data-weight": wanted.weight}
