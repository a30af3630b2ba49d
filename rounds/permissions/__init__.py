"""Who may do what in a round, when, and what we tell them if not."""

from rounds.permissions.answered_days import (
    answer_availability,
    ask_availability,
    chase_availability,
)
from rounds.permissions.challenges import (
    answer_offer,
    cancel_challenge,
    change_team,
    days_known,
    follow_calendar,
    leads,
    name_lead,
    read_objection,
    set_visit_days,
    sides_of,
    sits_on_team,
    speaks_for_challenger,
    speaks_for_challengers,
    speaks_for_host,
    spoken_for,
)
from rounds.permissions.conflicts import (
    declare_conflict,
    declare_conflicts,
    read_conflict_details,
    see_conflicts_of_region,
    see_touched_matches,
    withdraw_conflict,
)
from rounds.permissions.dates import (
    ask_for_dates,
    change_date_rules,
    object_to_days,
    objecting_for,
    pin_visit,
    settle_date_objection,
    use_dates,
)
from rounds.permissions.documents import download_answers
from rounds.permissions.evidence import (
    add_evidence,
    change_evidence,
    list_evidence,
    open_any_evidence,
    read_evidence,
    remove_evidence,
    settle_details,
)
from rounds.permissions.giving import (
    check_section,
    give_sections,
    return_section,
    say_section_ready,
    take_back_section,
)
from rounds.permissions.interventions import allow_despite_intervention, withdraw_word
from rounds.permissions.ledger import (
    enter_earlier_challenges,
    remove_earlier_challenge,
    see_ledger,
)
from rounds.permissions.offering import (
    open_availability,
    read_offer,
    say_numbers_for,
    say_offer,
    say_unavailable,
    take_back_unavailable,
)
from rounds.permissions.papers import (
    ask_for_papers,
    belongs_to_host,
    give_paper,
    give_papers,
    list_papers,
    open_any_papers,
    read_paper,
    remove_paper,
    send_papers_asked,
)
from rounds.permissions.postponing import (
    answer_dates,
    choose_dates,
    offer_dates,
    postpone_challenge,
    read_postponement,
    replace_challenger,
    see_offered_dates,
)
from rounds.permissions.publishing import (
    confirm_matches,
    match_again,
    publish_scenario,
    take_back_scenario,
)
from rounds.permissions.purges import ask_for_purge, purge_answer, see_purges
from rounds.permissions.releases import release_timetable
from rounds.permissions.reminders import hold_reminders, remind, word_reminders
from rounds.permissions.rounds import (
    cancel_round,
    change_preset,
    change_question,
    change_round,
    copy_from,
    edit_areas,
    edit_questionnaire,
    invite_authorities,
    match,
    rearrange_questionnaire,
    run_round,
    see_area_answers,
    see_round,
    send_dates,
    set_areas,
    start_round,
)
from rounds.permissions.scenarios import (
    change_matches,
    change_scenario,
    copy_scenario,
    delete_scenario,
    rename_scenario,
)
from rounds.permissions.scope import (
    acts_for_host,
    agree_scope,
    make_ready,
    make_ready_despite,
    take_questions,
    write_scope,
)
from rounds.permissions.seats import (
    accept_seat,
    ask_seat,
    ask_seats,
    change_seats,
    decline_seat,
    propose_seat,
    propose_teams,
    see_seats,
    withdraw_seat,
)
from rounds.permissions.self_assessments import (
    acts_for,
    belongs_to,
    choose_area,
    has_section,
    open_self_assessment,
    read_section,
    read_whole,
    return_self_assessment,
    review_carried,
    submit_self_assessment,
    write_answer,
    write_section,
    write_self_assessment,
)
from rounds.permissions.sending import (
    begin_version,
    read_version,
    readmit_participation,
    share_self_assessment,
    share_submitted,
    withdraw_participation,
)
from rounds.permissions.signing import (
    ask_for_signatures,
    back_to_writing,
    roles_to_sign,
    sign_self_assessment,
    signs_here,
    take_back,
)
from rounds.permissions.timetables import (
    change_timetable,
    read_names,
    read_timetable,
    show_names,
)
