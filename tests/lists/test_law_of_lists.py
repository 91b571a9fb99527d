"""What the law folder declares of the lists holds together, and says of annex 12 what is printed there."""

from toolkit.intake.list_definition import load_interview, load_lists

# Options of question 1 under each printed heading, and the default of the methodology for negative ones.
PRINTED = {"sphere": 5, "family": 5, "pay": 4, "development": 3, "conditions": 4, "process": 4, "ethics": 4}
NEGATIVE = {"conditions": "абв", "process": "абвг", "ethics": "абв", "pay": "бг"}
ANSWERS = {"q2": 7, "q7": 4, **dict.fromkeys(("q3", "q4", "q5", "q6", "q8", "q9", "q10", "q11"), 2)}


def test_question_one_has_the_printed_options_in_the_printed_order():
    interview = load_interview()
    expected = [f"{group}.{letter}" for group, number in PRINTED.items() for letter in "абвгд"[:number]]
    assert list(interview["groups"]) == list(PRINTED)
    assert list(interview["words"]["reasons"]) == ["none", *expected]


def test_the_negative_aspects_are_those_of_the_methodology_and_marked_as_ours():
    negative = load_interview()["negative"]
    assert set(negative["reasons"]) == {
        f"{group}.{it}" for group, letters in NEGATIVE.items() for it in letters
    }
    assert negative["provenance"] == "ours"


def test_every_other_question_has_its_printed_number_of_answers():
    words = load_interview()["words"]
    assert {key: len(words[key]) for key in words if key.startswith("q")} == ANSWERS


def test_note_seven_names_nine_reasons_and_the_count_of_the_exempt_knows_them_all():
    exempt = set(load_interview()["words"]["exempt"])
    assert len(exempt) == 9
    assert set(load_lists()["exit_interviews"].counts["dismissed_exempt"].where[0]["exempt"]) == exempt


def test_every_count_is_a_declared_input_of_one_list(law):
    counted = [name for definition in load_lists().values() for name in definition.counts]
    assert len(counted) == len(set(counted))
    assert set(counted) <= law.methodology.inputs.keys()


def test_every_word_and_column_that_a_list_speaks_of_is_one_of_its_own():
    marked = {"failure_confirmed": {"over"}, "reasons": {"negative"}}
    for definition in load_lists().values():
        assert {*definition.required, *definition.key} <= definition.columns.keys()
        assert definition.nothing in ("", *definition.columns)
        for rule in (*definition.counts.values(), *definition.doubts):
            assert set(rule.terms) <= definition.columns.keys()
            for name, words in (item for where in rule.where for item in where.items()):
                known = set(definition.columns[name]["words"].values()) | marked.get(name, set())
                assert set(words) <= known


def test_every_list_says_what_it_is_and_how_it_is_filled():
    for definition in load_lists().values():
        assert definition.title["ru"]
        assert definition.note["ru"]
        assert all(column["title"]["ru"] for column in definition.columns.values())
