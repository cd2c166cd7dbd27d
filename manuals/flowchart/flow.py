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
                self.problems.append(f"step {step.label or step.uuid} stands twice")
                continue
            known.add(step.uuid)
            self.steps.append(step)
        self.branches = self._find_branches()
        self.sources: list[list[int]] = [[] for _ in self.steps]
        for index, branches in enumerate(self.branches):
            for target in branches:
                self.sources[target].append(index)

    def _find_branches(self) -> list[dict[int, str]]:
        """For each step {index it leads to: label}; two arrows to one step become one with both labels."""
        index_of = {step.uuid: index for index, step in enumerate(self.steps)}
        last = len(self.steps) - 1
        found = []
        for index, step in enumerate(self.steps):
            branches: dict[int, str] = {}
            if not step.next and step.shape != "end" and index != last:
                branches[index + 1] = ""
            for uuid, label in step.next:
                if uuid not in index_of:
                    self.problems.append(f"step {step.label or step.uuid} leads to an unknown step {uuid!r}")
                    continue
                target = index_of[uuid]
                labels = [branches.get(target, ""), label]
                branches[target] = " / ".join(dict.fromkeys(filter(None, labels)))
            found.append(branches)
        return found

    def rows(self) -> list[FlowRow]:
        """The main line in the order of the steps, each row with the step beside it, if any."""
        side_of: dict[int, int] = {}
        if self.medium.side is not None:
            side_of = self._find_side_steps()
        rows = []
        for index in range(len(self.steps)):
            if index not in side_of.values():
                rows.append(FlowRow(index, side_of.get(index)))
        return rows

    def _find_side_steps(self) -> dict[int, int]:
        """{decision: the step beside it}: reached from there only, and not the way the work goes on.

        Of several the one that leads back is taken, or else the first; one branch always stays on the main line.
        """
        side_of: dict[int, int] = {}
        for decision, branches in enumerate(self.branches):
            is_decision = self.steps[decision].shape == "decision" and len(branches) >= 2
            if not is_decision or decision in side_of.values():
                continue
            detours = [target for target in branches if self.is_detour(target, decision)]
            if len(detours) == len(branches):
                detours.remove(min(detours, key=lambda target: (self.goes_back(target), target)))
            if detours:
                side_of[decision] = max(detours, key=lambda target: (self.goes_back(target), -target))
        return side_of

    def is_detour(self, target: int, decision: int) -> bool:
        """A step may stand beside the decision: only this leads to it, and it does not lead on down the main line."""
        branches = self.branches[target]
        if target <= decision or self.sources[target] != [decision]:
            return False
        if len(branches) > 1 or target in branches:
            return False
        if self.steps[target].shape in ("decision", "start"):
            return False
        below = target + 1
        return below not in branches or below in self.branches[decision]

    def goes_back(self, step: int) -> bool:
        return any(target <= step for target in self.branches[step])
