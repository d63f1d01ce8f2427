"""Every checker of a run, in order: what is really in the store and on the desks must hold.

Each is named by its invariant; all are scans over one reading of the truth.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tests.faults import check_claims, check_feed, check_numbers, check_outbox, check_words
from tests.faults.desk_side import DeskSide
from tests.faults.truth import Truth, read_truth
from workstation.domain.report import ReportId

if TYPE_CHECKING:
    from tests.faults.simulator import Run

ALL: tuple[Callable[["Run", Truth], None], ...] = (
    check_outbox.i1_every_act_has_its_outcome,
    check_outbox.i2_what_was_accepted_is_on_record,
    check_outbox.i3_every_command_has_one_effect,
    check_outbox.i4_outboxes_take_effect_in_order,
    check_outbox.i37_every_outbox_is_empty,
    check_outbox.i41_nothing_was_refused_as_internal,
    check_words.i5_every_refusal_is_kept_with_its_words,
    check_words.i6_every_draft_is_there,
    check_words.i7_every_note_is_on_record_or_needs_attention,
    check_words.i7_every_correction_stands_or_is_proposed,
    check_feed.i9_the_feed_is_contiguous,
    check_feed.i10_states_are_what_their_history_gives,
    check_feed.i12_desks_hold_what_the_store_holds,
    check_feed.i16_filling_anew_gives_the_same,
    check_feed.i17_desk_and_store_decide_alike,
    check_claims.i18_fences_rise_with_every_change_of_holder,
    check_claims.i19_no_stale_exclusive_act_applied,
    check_claims.i20_every_change_of_holder_is_told,
    check_claims.i21_no_grade_was_lowered_by_a_merge,
    check_claims.i22_a_lease_begins_by_the_clock_of_the_store,
    check_numbers.i23_no_number_is_given_twice,
    check_numbers.i24_every_serial_is_accounted_for,
    check_numbers.i26_every_number_shown_is_explained,
    check_numbers.i27_no_returned_serial_was_shown,
    check_numbers.i28_the_year_is_that_of_the_issue,
)


def check_all(run: "Run") -> None:
    """Read the truth and hold everything against it."""
    truth = read_truth(run.store.database)
    for check in ALL:
        check(run, truth)


def read_through(desk: DeskSide, reports: Iterable[ReportId]) -> None:
    """Read everything a cache holds, where it was damaged once: damage may lie where none looked.

    Raises CacheDamaged at the first of it.
    """
    if desk.was_damaged:
        desk.desk.attention()
        for id in reports:
            desk.desk.report(id)
            desk.desk.entries(id)


def check_while_running(desk: DeskSide, id: ReportId) -> None:
    """Cheap looks between the steps."""
    check_feed.i14_reads_never_go_back(desk, id)
    check_words.i7_own_words_stay_on_screen(desk)
