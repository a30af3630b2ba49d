from rounds.actions.answered_days import (
    DueDateChanged,
    answer_availability,
    ask_availability,
    chase_availability,
)
from rounds.actions.answers import OverwriteRefused, save_answer, save_progress
from rounds.actions.areas import (
    AreaChanged,
    add_area,
    change_area,
    move_area,
    remove_area,
    set_areas,
)
from rounds.actions.availability import say_unavailable, take_back_unavailable
from rounds.actions.carrying import add_progress_rows, carry_forward, review_carried
from rounds.actions.conflicts import declare_conflict, withdraw_conflict
from rounds.actions.date_rules import RulesChanged, change_date_rules
from rounds.actions.details import confirm_details
from rounds.actions.documents import download_answers, download_self_assessment, keep_pdf
from rounds.actions.evidence import (
    AttachedAlready,
    EvidenceChanged,
    NotStored,
    add_evidence,
    change_evidence,
    read_evidence,
    remove_evidence,
)
from rounds.actions.giving import (
    check_section,
    give_sections,
    return_section,
    say_section_ready,
    take_back_section,
)
from rounds.actions.interventions import allow_despite_intervention, withdraw_word
from rounds.actions.keeping_apart import allow_pair, exclude_pair
from rounds.actions.ledger import enter_earlier_challenges, remove_earlier_challenge
from rounds.actions.locks import lock_match, unlock_match
from rounds.actions.matches import (
    MatchesChanged,
    accept_challenge,
    cancel_challenge,
    decline_challenge,
)
from rounds.actions.objecting import object_to_days, settle_date_objection
from rounds.actions.offering import (
    OfferChanged,
    give_as_asked,
    say_numbers,
    say_numbers_for,
    say_strengths,
    wish_for_challengers,
)
from rounds.actions.papers import (
    AskedChanged,
    GivenAlready,
    add_paper,
    ask_for_paper,
    ask_for_usual_papers,
    change_paper_asked,
    chase_papers,
    read_paper,
    remove_paper,
    say_no_such_paper,
    send_papers_asked,
    withdraw_paper_asked,
)
from rounds.actions.pinning import pin_visit, unpin_visit
from rounds.actions.postponing import (
    OffersChanged,
    answer_dates,
    choose_dates,
    look_for_other_dates,
    offer_dates,
    postpone_challenge,
)
from rounds.actions.presets import keep_as_preset, restore_preset
from rounds.actions.publishing import (
    confirm_matches,
    propose_matches,
    publish_scenario,
    take_back_scenario,
)
from rounds.actions.purges import ask_for_purge, purge_answer
from rounds.actions.questionnaires import (
    QuestionnaireChanged,
    add_question,
    add_section,
    change_introduction,
    change_question,
    change_section,
    move_question,
    move_section,
    remove_question,
    remove_section,
    restore_question,
)
from rounds.actions.readiness import make_ready
from rounds.actions.reads import (
    open_self_assessment,
    read_area_answers,
    read_self_assessment,
)
from rounds.actions.releases import keep_timetable_pdfs, release_timetable
from rounds.actions.rematching import match_again
from rounds.actions.reminders import (
    WordingChanged,
    hold_reminders,
    release_reminders,
    remind,
    restore_reminder,
    word_reminder,
)
from rounds.actions.replacing import replace_challenger
from rounds.actions.rounds import (
    RoundChanged,
    cancel_round,
    change_round,
    invite_authorities,
    start_round,
)
from rounds.actions.scenario_settings import (
    ScenarioChanged,
    change_scenario,
    copy_scenario,
    delete_scenario,
    rename_scenario,
    start_scenario,
)
from rounds.actions.scenarios import (
    choose_challenger,
    put_back,
    save_matches,
    suggest_again,
    swap_challengers,
)
from rounds.actions.scope import (
    ScopeChanged,
    WordsChanged,
    add_limb,
    add_line,
    agree_scope,
    change_limb,
    change_line,
    move_limb,
    move_line,
    remove_limb,
    remove_line,
    take_area,
    take_questions,
    unagree_scope,
)
from rounds.actions.searching import (
    ask_for_dates,
    begin_search,
    end_search,
    leave_dates,
    note_step,
    use_dates,
)
from rounds.actions.seats import (
    ProposalChanged,
    SeatsChanged,
    accept_seat,
    ask_seat,
    ask_seats,
    change_seats,
    decline_seat,
    lock_seat,
    propose_seat,
    propose_teams,
    withdraw_seat,
)
from rounds.actions.self_assessments import (
    AreaRefused,
    choose_area,
    return_self_assessment,
    submit_self_assessment,
)
from rounds.actions.sending import (
    begin_version,
    readmit_participation,
    share_self_assessment,
    share_submitted,
    withdraw_participation,
)
from rounds.actions.signing import (
    ask_for_signatures,
    back_to_writing,
    sign_self_assessment,
)
from rounds.actions.teams import leave_team, name_lead, seat_team_member
from rounds.actions.timetables import (
    SessionChanged,
    TimetableChanged,
    add_session,
    change_session,
    copy_day,
    follow_days,
    move_rest,
    move_session,
    remove_session,
    set_break,
    show_names,
    start_timetable,
)
from rounds.actions.visits import (
    DaysChanged,
    fill_visit_days,
    follow_calendar,
    send_dates,
    set_visit_days,
)
