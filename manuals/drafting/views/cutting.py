"""Splitting a clause, and joining it with the next one. Both forms carry the words that were read: where somebody
changed these meanwhile, the person sees what, and nothing is written over unasked."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.refusals import Refusal
from hearing_portal.thai.markup import place_references, referenced_uuids
from hearing_portal.thai.text import inline_plain
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import lead_to_clause
from ...content import Content, content_sha
from ...merging import says_the_same_words
from ...models import Clause, ClauseChange
from ...queries import load_draft_entries
from ..access import get_clause_to_arrange
from ..adopted import FindKept, find_nothing_kept
from ..changes import ChangeRefused, StaleClause
from ..cutting import carry_seams, put_together
from ..forms.knows import read_known
from ..forms.structure import JoinClausesForm, SplitClauseForm
from ..presentation.act_page import page_of_act
from ..presentation.conflict import EditConflict, load_joined_conflict
from ..presentation.cut_conflict import CutConflict, find_pieces, load_cut_conflict
from ..presentation.decided import LeavingDecision, name_kept, name_lost
from ..presentation.kept_words import MERGED_WITH_OWN
from ..presentation.links import section_url
from ..presentation.looked_at import load_clauses_looked_at
from ..presentation.overtaken import Overtaken, load_overtaken_clause
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_family, find_next
from ..queries.last_acts import (
    find_last_change,
    find_move_since,
    find_past_wording,
    is_own_since,
    stands_as_read,
)
from ..queries.references import link_contents, link_typed_in
from ..said_elsewhere import NOTHING_SAID, SaidElsewhere
from ..services.keeping_decided import LosesDecided, keeping_decided
from ..services.structure import join_clauses, split_clause
from ..sources import NO_SOURCES, Sources
from ..typed_references import linked_note
from .gone import gone_page
from .promised import offer_promises

SPLIT_PAGE = "manuals/drafting/clause_split.html"
JOIN_PAGE = "manuals/drafting/clause_join.html"
GOES_OVER = "เมื่อบันทึก ถ้อยคำในแบบนี้จะใช้แทนถ้อยคำที่บันทึกแล้ว ถ้อยคำนั้นยังอยู่ในประวัติ"


# --- splitting


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_split(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """The words with empty lines where new clauses begin; `take` goes on with a version of them after a conflict. That
    may keep one of the `promises`."""
    data = posted_data(request)
    clause = get_clause_to_arrange(
        request.user, key, uuid, clause_uuid, may_be_gone=data is not None
    )
    led = lead_to_clause(request, clause, uuid, "clause-split")
    if led is not None:
        return led
    if data is None:
        fresh = offer_promises(
            _form_to_split(clause), request, clause.section, promises
        )
        return _split_page(request, clause, fresh)
    if clause.retired_id is not None:
        return _gone(request, clause)
    base = _words_read(clause, data, "read_sha")
    form = SplitClauseForm(data, content=base)
    if "take" in data:
        taken = offer_promises(
            _take_cut(clause, base, data), request, clause.section, promises
        )
        return _split_page(request, clause, taken)
    if not _is_stale(clause, data):  # else it may be sent twice
        offer_promises(form, request, clause.section, promises)
    if not form.is_valid() and not _is_stale(clause, data):
        return _split_page(request, clause, form, status=form_status(form))
    try:
        if not form.is_valid():
            raise StaleClause(clause, read_id(data.get("lock_version", "")))
        told = _store_split(request, clause, form, base, promises)
    except StaleClause as stale:
        standing = get_clause_to_arrange(
            request.user, key, uuid, clause_uuid, may_be_gone=True
        )
        if standing.retired_id is not None:
            return _gone(request, standing)
        first = form.cleaned_data.get("contents", [None])[0]
        if _is_sent_twice(standing, first, ClauseChange.Kind.SPLIT, request):
            return see_other(section_url(clause.section, clause.uuid))
        conflict = load_cut_conflict(
            standing,
            base,
            data.get("text", ""),
            read=stale.read_version,
            user=request.user,
        )
        offer_promises(form, request, standing.section, promises)
        return _split_page(request, standing, form, conflict=conflict, status=409)
    except Refusal as refused:
        return _split_page(request, clause, form, status=refuse_in_form(form, refused))
    tell_done(request, told, form)
    return see_other(section_url(clause.section, clause.uuid))


def _store_split(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: SplitClauseForm,
    base: Content,
    promises: Promises,
) -> str:
    """What is told of it. Where the same person alone changed the words since, on another page, or nobody did, their
    lines are put into the words of now. Raises as split_clause does."""
    data = form.cleaned_data
    version, pieces, note = data["lock_version"], data["contents"], ""
    promise = data.get("promise", "")
    is_own = is_own_since(clause, version, request.user)
    stands_there_still = says_the_same_words(base, clause.content) and (
        find_move_since(clause, version) is None
    )
    if version != clause.lock_version and (is_own or stands_there_still):
        carried = carry_seams(base, data["text"], clause.content)
        if carried is not None:
            version, note = clause.lock_version, MERGED_WITH_OWN if is_own else ""
            promise = form.data.get("promise", "")
            pieces = find_pieces(clause.content, carried)
    linked = link_contents([(clause.section, content) for content in pieces])
    made = split_clause(
        clause,
        version,
        [each.content for each in linked],
        by=request.user,
        reason=data["reason"],
        promises=promises,
        promise=promise,
    )
    names: list[str] = []
    for each in linked:
        names += each.names
    return f"แยกเป็น {len(made)} ข้อแล้ว {linked_note(names)} {note}".strip()


def _form_to_split(clause: Clause, **kept: str) -> SplitClauseForm:
    """A fresh form on the words as they stand; `kept` are values of its fields."""
    initial = {"lock_version": clause.lock_version, "read_sha": clause.sha, **kept}
    return SplitClauseForm(content=clause.content, initial=initial)


def _take_cut(clause: Clause, base: Content, data: QueryDict) -> SplitClauseForm:
    """The version that was chosen, on the clause as it stands now."""
    typed, reason = data.get("text", ""), data.get("reason", "")
    carried = carry_seams(base, typed, clause.content)
    if data["take"] == "merged" and carried is not None:
        return _form_to_split(clause, text=carried, reason=reason)
    if data["take"] == "mine":
        initial = {
            "lock_version": clause.lock_version,
            "read_sha": content_sha(base),
            "text": typed,
            "reason": reason,
        }
        form = SplitClauseForm(content=base, initial=initial)
        form.told = GOES_OVER
        return form
    return _form_to_split(clause, reason=reason)


def _split_page(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: SplitClauseForm,
    *,
    conflict: CutConflict | None = None,
    status: int = 200,
) -> HttpResponse:
    page = page_of_act(
        clause, "clause-split", "แยก", save_label="แยกข้อ", also=find_family(clause)[1:]
    )
    shown = {"page": page, "form": form, "conflict": conflict}
    return render(request, SPLIT_PAGE, shown, status=status)


# --- joining


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_join(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    promises: Promises = NO_PROMISES,
    said: SaidElsewhere = NOTHING_SAID,
    find_kept: FindKept = find_nothing_kept,
) -> HttpResponse:
    """The clause takes in the next one of its list; `take` goes on with a version of the words after a conflict. That
    may keep one of the `promises`. What was `said` of both is told, and what was decided of them: that is
    taken out knowingly."""
    sources = Sources(said, find_kept)
    data = posted_data(request)
    clause = get_clause_to_arrange(
        request.user, key, uuid, clause_uuid, may_be_gone=data is not None
    )
    led = lead_to_clause(request, clause, uuid, "clause-join")
    if led is not None:
        return led
    if clause.retired_id is not None:
        return _gone(request, clause)
    following = find_next(clause)
    if data is None:
        if following is None:
            raise ChangeRefused("ไม่มีข้อถัดไปในระดับเดียวกันให้รวม")
        fresh = offer_promises(
            _form_to_join(clause, following), request, clause.section, promises
        )
        return _join_page(request, clause, following, fresh, sources=sources)
    read_next = _clause_read(clause, data)
    together = None
    if following is not None and following == read_next:
        together = _words_together(clause.content, following.content)
    if following is None or together is None:
        return _next_is_another(request, clause, following, read_next, data)
    base = _words_together(
        _words_read(clause, data, "read_sha"),
        _words_read(following, data, "next_sha"),
    )
    form = JoinClausesForm(data, joined=base or together)
    if "take" in data:
        taken = _take_joined(clause, following, form, request)
        offer_promises(taken, request, clause.section, promises)
        return _join_page(request, clause, following, taken, sources=sources)
    is_stale = _is_stale(clause, data) or _is_stale(following, data, "next_version")
    if not is_stale:  # else it may be sent twice
        offer_promises(form, request, clause.section, promises)
    if not form.is_valid() and not is_stale:
        return _join_page(
            request, clause, following, form, status=form_status(form), sources=sources
        )
    try:
        if not form.is_valid():
            raise StaleClause(clause, read_id(data.get("lock_version", "")))
        known = read_known(data)
        with keeping_decided(clause.section, find_kept, known=known):
            told = _store_joined(request, clause, following, form, promises)
    except LosesDecided as refused:
        return _ask_whether_known(request, clause, form, refused, sources)
    except StaleClause:
        return _join_overtaken(request, clause, form, promises, sources)
    except Refusal as refused:
        status = refuse_in_form(form, refused)
        return _join_page(
            request, clause, following, form, status=status, sources=sources
        )
    tell_done(request, told, form)
    return see_other(section_url(clause.section, clause.uuid))


def _ask_whether_known(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: JoinClausesForm,
    refused: LosesDecided,
    sources: Sources,
) -> HttpResponse:
    """What was decided and the words of both together would not keep, and a tick."""
    section = clause.section
    clause = get_clause_to_arrange(
        request.user, section.manual.key, section.uuid, clause.uuid
    )
    form.ask_whether_known(refused)
    losses = name_lost(clause.section, refused.lost)
    return _join_page(
        request,
        clause,
        find_next(clause),
        form,
        losses=losses,
        status=422,
        sources=sources,
    )


def _store_joined(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    following: Clause,
    form: JoinClausesForm,
    promises: Promises,
) -> str:
    """What is told of it. What the same person alone changed since, on another page, is merged where it can be. Raises
    as join_clauses does."""
    data = form.cleaned_data
    both = [(clause, data["lock_version"]), (following, data["next_version"])]
    words, note = data["content"], ""
    promise = data.get("promise", "")
    stale = [each for each in both if each[0].lock_version != each[1]]
    if stale and all(is_own_since(*each, request.user) for each in stale):
        conflict = _meet_joined(request, clause, following, form)
        if conflict.merged is not None:
            both = [(each, each.lock_version) for each, _ in both]
            words, note = conflict.merged, MERGED_WITH_OWN
            promise = form.data.get("promise", "")
    linked = link_typed_in(clause.section, words)
    join_clauses(
        both,
        linked.content,
        by=request.user,
        reason=data["reason"],
        promises=promises,
        promise=promise,
    )
    return f"รวมข้อแล้ว {linked_note(linked.names)} {note}".strip()


def _join_overtaken(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: JoinClausesForm,
    promises: Promises,
    sources: Sources,
) -> HttpResponse:
    """Somebody was quicker, perhaps since the rows were read: they are read again."""
    section = clause.section
    clause = get_clause_to_arrange(
        request.user, section.manual.key, section.uuid, clause.uuid, may_be_gone=True
    )
    if clause.retired_id is not None:
        return _gone(request, clause)
    following = find_next(clause)
    data = request.POST
    if following is None or str(following.uuid) != data.get("next", ""):
        read_next = _clause_read(clause, data)
        return _next_is_another(request, clause, following, read_next, data)
    conflict = _meet_joined(request, clause, following, form)
    offer_promises(form, request, clause.section, promises)
    return _join_page(
        request, clause, following, form, conflict=conflict, status=409, sources=sources
    )


def _meet_joined(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    following: Clause,
    form: JoinClausesForm,
) -> EditConflict:
    """What was read, what the person makes of it, and what stands now."""
    return load_joined_conflict(
        [
            (clause, read_id(form.data.get("lock_version", ""))),
            (following, read_id(form.data.get("next_version", ""))),
        ],
        form.joined,
        form.cleaned_data.get("content", form.joined),
        theirs=put_together(clause.content, following.content),
        user=request.user,
    )


def _form_to_join(
    clause: Clause,
    following: Clause,
    text: str | None = None,
    base: tuple[str, str, Content] | None = None,
    reason: str = "",
) -> JoinClausesForm:
    """A fresh form on both as they stand, which shows `text` where given; `base` are other words that it goes on
    from, with the hashes of both."""
    joined = put_together(clause.content, following.content)
    sha, next_sha = clause.sha, following.sha
    if base is not None:
        sha, next_sha, joined = base
    initial = {
        "lock_version": clause.lock_version,
        "read_sha": sha,
        "next": following.uuid,
        "next_version": following.lock_version,
        "next_sha": next_sha,
        "reason": reason,
    }
    if text is not None:
        initial["text"] = text
    return JoinClausesForm(joined=joined, initial=initial)


def _take_joined(
    clause: Clause,
    following: Clause,
    form: JoinClausesForm,
    request: AuthenticatedHttpRequest,
) -> JoinClausesForm:
    """The version that was chosen, on both as they stand now."""
    form.is_valid()  # the words, whatever else is missing
    data = request.POST
    reason = data.get("reason", "")
    if data["take"] == "merged":
        merged = _meet_joined(request, clause, following, form).merged
        text = _text_on_now(clause, following, merged)
        if text is not None:
            return _form_to_join(clause, following, text, reason=reason)
    if data["take"] == "mine":
        read = (data.get("read_sha", ""), data.get("next_sha", ""), form.joined)
        mine = _form_to_join(
            clause, following, data.get("text", ""), read, reason=reason
        )
        mine.told = GOES_OVER
        return mine
    return _form_to_join(clause, following, reason=reason)


def _text_on_now(
    clause: Clause, following: Clause, merged: Content | None
) -> str | None:
    """The merged words as a form on both as they stand shows them; None where they refer to what these do not."""
    if merged is None:
        return None
    known = referenced_uuids(put_together(clause.content, following.content).body)
    text, more = place_references(
        inline_plain(merged.body), referenced_uuids(merged.body), known
    )
    return None if more else text


def _next_is_another(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    following: Clause | None,
    read_next: Clause | None,
    data: QueryDict,
) -> HttpResponse:
    """The clause that was to be taken in is not the next one any more, or is no clause that can be. Sent twice, it
    stands in this one."""
    joined = None
    if read_next is not None:
        base = _words_read(clause, data, "read_sha")
        next_base = _words_read(read_next, data, "next_sha")
        form = JoinClausesForm(data, joined=_words_together(base, next_base) or base)
        form.is_valid()
        joined = form.cleaned_data.get("content")
    if _is_sent_twice(clause, joined, ClauseChange.Kind.JOINED, request):
        return see_other(section_url(clause.section, clause.uuid))
    words = (
        load_overtaken_clause(
            read_next, request.user, read_id(data.get("next_version", ""))
        )
        if read_next is not None
        else None
    )
    form = JoinClausesForm(data, joined=joined or clause.content)
    can_go_on = (
        following is not None
        and _words_together(clause.content, following.content) is not None
    )
    return _join_page(
        request,
        clause,
        following if can_go_on else None,
        form,
        overtaken=words,
        is_another=True,
        status=409,
    )


def _join_page(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    following: Clause | None,
    form: JoinClausesForm,
    *,
    conflict: EditConflict | None = None,
    overtaken: Overtaken | None = None,
    is_another: bool = False,
    sources: Sources = NO_SOURCES,
    losses: Sequence[LeavingDecision] = (),
    status: int = 200,
) -> HttpResponse:
    """`is_another`: the form is about a clause that is not the next one any more."""
    taken_in = [following] if following is not None else []
    page = page_of_act(
        clause,
        "clause-join",
        "รวม",
        save_label="รวมข้อ",
        also=taken_in,
        gone=taken_in,
        user=request.user,
    )
    uuids = [each.uuid for each in (clause, *taken_in)]
    kept = sources.find_kept([clause.section_id])
    entries = []
    if kept:
        for entry in load_draft_entries(clause.section)[1:]:
            if entry.uuid in uuids:
                entries.append(entry)
    shown = {
        "page": page,
        "form": form,
        "conflict": conflict,
        "overtaken": overtaken,
        "is_another": is_another,
        "following": following,
        "looked_at": load_clauses_looked_at(taken_in),
        "said": sources.said.about_clauses(clause.section, uuids),
        "decided": name_kept(entries, kept),
        "losses": losses,
    }
    return render(request, JOIN_PAGE, shown, status=status)


def _gone(request: AuthenticatedHttpRequest, clause: Clause) -> HttpResponse:
    text = request.POST.get("text", "")
    return gone_page(
        request, clause.section, clause.uuid, clause, sent=[text] if text else []
    )


def _is_stale(clause: Clause, data: QueryDict, name: str = "lock_version") -> bool:
    return not stands_as_read(clause, read_id(data.get(name, "")))


def _words_read(clause: Clause, data: QueryDict, name: str) -> Content:
    """Those that the form was read with, by their hash; what stands now where the clause never said them."""
    return find_past_wording(clause, data.get(name, "")) or clause.content


def _clause_read(clause: Clause, data: QueryDict) -> Clause | None:
    """The one of the same manual that was to be taken in."""
    try:
        uuid = UUID(data.get("next", ""))
    except ValueError:
        return None
    of_manual = Clause.objects.filter(section__manual=clause.section.manual_id)
    return of_manual.filter(uuid=uuid).first()


def _words_together(first: Content, second: Content) -> Content | None:
    try:
        return put_together(first, second)
    except ChangeRefused:
        return None


def _is_sent_twice(
    clause: Clause,
    words: Content | None,
    kind: ClauseChange.Kind,
    request: AuthenticatedHttpRequest,
) -> bool:
    """Whether the person's own last act did just this."""
    last = find_last_change(clause.pk)
    return (
        words is not None
        and last is not None
        and last.kind == kind
        and last.revision.user_id == request.user.pk
        and clause.sha == content_sha(words)
    )
