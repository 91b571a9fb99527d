"""A batch reads and evaluates once; whoever works by hand always gets what the files say now."""

import multiprocessing
from copy import deepcopy
from fractions import Fraction

import pytest

from toolkit import Agency, ToolkitError, evaluate, load_methodology, read_campaign
from toolkit.display.report import AgencyReport, prepare
from toolkit.shared import Kept, shared, sharing

NAMES = "agency,agency_type,year,promoted_from_within,promoted_total"


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, 3)
    return tmp_path


def write(folder, promoted):
    (folder / "agencies.csv").write_text(f"{NAMES}\na,central,2023,{promoted},5\n", "utf-8")


def find_growth(folder):
    return evaluate(read_campaign(folder)).find("a", "career_growth").points


def test_a_changed_file_gives_its_new_numbers(folder):
    assert find_growth(folder) == 6  # 10 * 3/5
    write(folder, 1)
    assert find_growth(folder) == 2  # 10 * 1/5


def test_a_batch_goes_on_with_what_it_has_read(folder):
    with sharing():
        assert find_growth(folder) == 6
        write(folder, 1)
        assert find_growth(folder) == 6
    assert find_growth(folder) == 2


def test_one_folder_is_one_campaign_however_it_is_written(folder):
    with sharing():
        assert read_campaign(folder) is read_campaign(str(folder / ".." / folder.name))


def test_a_failed_reading_is_tried_again(tmp_path):
    with sharing():
        with pytest.raises(ToolkitError):
            read_campaign(tmp_path)
        write(tmp_path, 3)
        assert find_growth(tmp_path) == 6


def test_scores_are_shared_by_whoever_asks_for_the_same_in_other_words(folder):
    with sharing():
        campaign, law = read_campaign(folder), load_methodology()
        default = law.readings["no_promotions"].default
        scores = evaluate(campaign)
        assert evaluate(list(campaign), law, readings={"no_promotions": default}, parameters={}) is scores


def test_other_readings_parameters_rules_and_directions_give_other_scores(folder):
    with sharing():
        campaign, law = read_campaign(folder), load_methodology()
        own = law.with_rule("career_growth", "k * share(a, b)")
        all_scores = [
            evaluate(campaign),
            evaluate(campaign, own),
            evaluate(campaign, readings={"no_promotions": "full"}),
            evaluate(campaign, parameters={"career_growth.k": 5}),
            evaluate(campaign, direction="hr"),
            evaluate(campaign.agencies[:0]),
        ]
        assert len(set(map(id, all_scores))) == len(all_scores)
        assert evaluate(campaign, own) is all_scores[1]


def test_other_agencies_of_the_same_code_are_not_mixed_up():
    given = ({"promoted_from_within": Fraction(number), "promoted_total": Fraction(5)} for number in (3, 1))
    with sharing():
        found = [
            evaluate([Agency("a", "A", "central", values)]).find("a", "career_growth") for values in given
        ]
    assert [score.points for score in found] == [6, 2]


def test_a_process_forked_after_it_was_prepared_has_the_scores(folder):
    with sharing():
        campaign = read_campaign(folder)
        scores, law = evaluate(campaign), load_methodology()
        prepare(campaign, scores, law)
        (folder / "agencies.csv").unlink()
        with multiprocessing.get_context("fork").Pool(1) as pool:
            assert pool.apply(find_growth, [folder]) == 6


def test_what_is_prepared_changes_no_report(folder):
    law = load_methodology()

    def read(prepared):
        campaign = read_campaign(folder)
        scores = evaluate(campaign)
        if prepared:
            prepare(campaign, scores, law)
        report = AgencyReport(campaign, scores, "a", law)
        return [report.next_points().text, report.sources().text, *(it.to_dict() for it in report.bullets())]

    assert read(prepared=False) == read(prepared=True)


def test_nothing_is_kept_where_nobody_shares():
    assert shared("key", lambda: [1]) is not shared("key", lambda: [1])
    kept = Kept()
    assert kept.once(Fraction(1, 2), lambda: [1]) is kept.once(Fraction(1, 2), lambda: [2])


def test_scores_travel_without_what_is_kept_with_them(folder):
    scores = evaluate(read_campaign(folder))
    scores.once("study", lambda: "made")
    arrived = deepcopy(scores)  # by the way of those that are sent to another process
    assert arrived.once("study", lambda: "made anew") == "made anew"
    assert scores.once("study", lambda: "made anew") == "made"
