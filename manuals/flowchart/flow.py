"""Which step leads where, which steps stand on the main line, and which beside a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from .media import Medium
from .steps import FlowStep


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A row of the chart: the step on the main line and the step beside it, as indexes of Flow.steps."""

    main: int
    side: int | None


class Flow:
    """The steps with their branches as indexes of `steps`: every branch leads to a step that exists.

    `branches[i]` is {index of the step that step i leads to: label of the arrow}, `sources[i]` has the indexes of the
    steps that lead to step i. `problems` says what was left out.
    """

    def __init__(self, steps: Sequence[FlowStep], medium: Medium) -> None:
        self.medium = medium
        self.problems: list[str] = []
        self.steps: list[FlowStep] = []
        known = set()
        for step in steps:
            if step.uuid in known:
                name = step.label or step.uuid
                self.problems.append(f"step {name} stands twice")
                continue
            known.add(step.uuid)
            self.steps.append(step)
        index_of = {}
        for index, step in enumerate(self.steps):
            index_of[step.uuid] = index
        self.branches: list[dict[int, str]] = []
        for index in range(len(self.steps)):
            self.branches.append(self._find_branches(index, index_of))
        self.sources: list[list[int]] = [[] for _ in self.steps]
        for index, branches in enumerate(self.branches):
            for target in branches:
                self.sources[target].append(index)

    def _find_branches(self, index: int, index_of: dict[str, int]) -> dict[int, str]:
        """{index the step leads to: label}; two arrows to one step become one with both labels."""
        step = self.steps[index]
        if not step.next:
            is_last = index == len(self.steps) - 1
            if step.shape == "end" or is_last:
                return {}
            return {index + 1: ""}
        branches: dict[int, str] = {}
        for uuid, label in step.next:
            if uuid not in index_of:
                name = step.label or step.uuid
                self.problems.append(f"step {name} leads to an unknown step {uuid!r}")
                continue
            target = index_of[uuid]
            label_before = branches.get(target, "")
            if label_before and label and label != label_before:
                branches[target] = f"{label_before} / {label}"
            else:
                branches[target] = label_before or label
        return branches

    def rows(self) -> list[FlowRow]:
        """The main line in the order of the steps, each row with the step beside it, if any."""
        side_of: dict[int, int] = {}
        if self.medium.side is not None:
            side_of = self.find_side_steps()
        rows = []
        for index in range(len(self.steps)):
            if index not in side_of.values():
                rows.append(FlowRow(index, side_of.get(index)))
        return rows

    def find_side_steps(self) -> dict[int, int]:
        """{decision: the step beside it}: reached from there only, and not the way the work goes on.

        Of several the one that leads back is taken, or else the first; one branch always stays on the main line.
        """
        side_of: dict[int, int] = {}
        for decision, branches in enumerate(self.branches):
            step = self.steps[decision]
            if step.shape != "decision" or len(branches) < 2:
                continue
            if decision in side_of.values():
                continue
            # In the order of preference for the main line: ways that go on before those that lead back
            detours = []
            for target in sorted(branches):
                if self.is_detour(target, decision):
                    detours.append(target)
            detours.sort(key=self.goes_back)
            if len(detours) == len(branches):
                detours.pop(0)
            if not detours:
                continue
            side_of[decision] = detours[0]
            for target in detours:
                if self.goes_back(target):
                    side_of[decision] = target
                    break
        return side_of

    def is_detour(self, target: int, decision: int) -> bool:
        """A step may stand beside the decision: only this leads to it, and it does not lead on down the main line."""
        if target <= decision or self.sources[target] != [decision]:
            return False
        step = self.steps[target]
        if step.shape in ("decision", "start"):
            return False
        branches = self.branches[target]
        if len(branches) > 1 or target in branches:
            return False
        # It may lead to the row below only where the decision itself leads there too
        below = target + 1
        return below not in branches or below in self.branches[decision]

    def goes_back(self, step: int) -> bool:
        return any(target <= step for target in self.branches[step])
