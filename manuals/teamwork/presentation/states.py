"""The states of processes in words and signs."""

from collections.abc import Mapping

from ...models import DraftingState

STATE_SIGNS = {
    DraftingState.NOT_BEGUN: "circle",
    DraftingState.BEGUN: "pencil",
    DraftingState.IN_REVIEW: "eye",
    DraftingState.READY: "check-circle-fill",
}
STATE_FAMILIES = {
    DraftingState.NOT_BEGUN: "wait",
    DraftingState.BEGUN: "wait",
    DraftingState.IN_REVIEW: "elsewhere",
    DraftingState.READY: "yes",
}


def tell_states(counts: Mapping[DraftingState, int]) -> list[str]:
    """["ยังไม่ยกร่าง 3", "พร้อมประชาพิจารณ์ 1"], in the order of the states, those with no process left out."""
    told = []
    for state in DraftingState:
        if counts.get(state):
            told.append(f"{state.label} {counts[state]:,}")
    return told
