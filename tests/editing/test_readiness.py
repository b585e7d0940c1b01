from editing.readiness import WANTED, completeness, lacks, nothing_yet, with_completeness
from practices.models import Practice, Sector
from tests.factories import ImageFactory, ParticipantFactory, PracticeFactory, PracticeSourceFactory, SectorFactory

FULL = {
    "summary": "word " * 20,
    "challenge": "word " * 30,
    "description": "word " * 120,
    "partners_role": "word " * 20,
    "resources": "word " * 20,
    "results": "word " * 40,
    "lessons": "word " * 30,
    "transferability": "word " * 30,
    "start_year": 2019,
    "outcome": Practice.Outcome.RUNNING,
}


def full(**facts):
    """A draft that has all that is wanted."""
    practice = PracticeFactory(
        **{"state": Practice.State.DRAFT, **FULL, **facts},
        tags=["wood", "design", "craft"],
        creative_sectors=[SectorFactory()],
        growth_sectors=[SectorFactory(kind=Sector.Kind.GROWTH)],
    )
    PracticeSourceFactory.create_batch(2, practice=practice)
    ParticipantFactory.create_batch(2, practice=practice)
    ImageFactory(practice=practice)
    return practice


def names(reckoned):
    return [gap.wanted.name for gap in reckoned.gaps]


def test_weights_add_up_to_a_hundred():
    assert sum(wanted.weight for wanted in WANTED) == 100


def test_case_with_all_that_is_wanted_is_complete(media):
    reckoned = completeness(full())

    assert (reckoned.percent, reckoned.gaps, reckoned.most_helpful) == (100, [], None)


def test_case_that_is_not_entered_yet_has_everything_to_gain():
    reckoned = nothing_yet()

    assert reckoned.percent == 0
    assert names(reckoned)[:3] == ["description", "results", "challenge"]
    assert sorted(names(reckoned)) == sorted(wanted.name for wanted in WANTED)


def test_what_is_missing_comes_in_the_order_in_which_it_would_help(media):
    reckoned = completeness(full(lessons="", resources="word " * 10, start_year=None))

    assert reckoned.percent == 100 - 10 - 3 - 1
    assert [gap.sentence for gap in reckoned.gaps] == [
        "Lessons learnt: readers value this most; about 30 words",
        "Resources needed: the first question of every council; about 20 words, 10 are there",
        "First year: it tells the new from the tried",
    ]


def test_each_gap_leads_to_its_place_in_the_form(media):
    practice = full(lessons="", start_year=None)
    practice.sources.first().delete()
    practice.creative_sectors.clear()

    reckoned = completeness(Practice.objects.get(pk=practice.pk))

    assert {gap.wanted.name: gap.anchor for gap in reckoned.gaps} == {
        "lessons": "id_lessons_helptext",
        "sources": "sources-heading",
        "sectors": "id_creative_sectors",
        "start_year": "id_start_year",
    }
    assert "Sources: others can check what you say; 1 more" in [gap.sentence for gap in reckoned.gaps]


def test_words_are_counted_and_not_marks(media):
    marked = full(challenge="<ul>" + "<li><strong>word</strong></li>" * 15 + "</ul>")

    assert completeness(marked).percent == 95


def test_text_in_the_original_language_counts(media):
    practice = full()
    practice.create_translation("de", title="Holz", summary="Kurz.")
    practice.original_language = "de"
    practice.save()

    assert "challenge" in names(completeness(Practice.objects.get(pk=practice.pk)))


def test_picture_counts_when_it_is_described(media):
    practice = full()
    practice.images.update(credit="")

    assert names(completeness(Practice.objects.get(pk=practice.pk))) == ["images"]


def test_many_cases_take_as_many_queries_as_one(media, django_assert_num_queries):
    full()

    with django_assert_num_queries(9):
        assert [completeness(practice).percent for practice in with_completeness(Practice.objects.all())] == [100]

    full()
    full()
    with django_assert_num_queries(9):
        assert [completeness(practice).percent for practice in with_completeness(Practice.objects.all())] == [100] * 3


def test_case_with_all_that_is_needed_lacks_nothing(media):
    assert lacks(full(lessons="", resources="", partners_role="")) == []


def test_what_is_needed_is_said_one_sentence_each():
    practice = PracticeFactory(state=Practice.State.DRAFT, challenge="Few firms.", description="<p> </p>")

    assert lacks(practice) == [
        "“What was done” is empty.",
        "“Evidence of success” is empty.",
        "“Potential for transfer” is empty.",
        "There is no source: name at least one document or page that others can look at.",
    ]


def test_picture_without_description_stands_against_submitting(media):
    practice = full()
    ImageFactory(practice=practice, alternative_text=" ")

    assert lacks(practice) == ["A picture needs an alternative text and a credit."]
