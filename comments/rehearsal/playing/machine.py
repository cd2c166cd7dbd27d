"""What the machine gives: processor time and memory of the portal, its database, the players, and others (Linux)."""

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
WEB = b"hearing_portal.launch.web"


def processes_of(root: int) -> list[int]:
    """The process and all that it started and that still live."""
    found = [root]
    for pid in found:
        for task in _list(PROC / str(pid) / "task"):
            found += [int(child) for child in _read(task / "children").split()]
    return found


def find_web_processes(portal: int) -> list[int]:
    """Those that serve pages, among what `./portal run` started."""
    found = []
    for pid in processes_of(portal):
        with contextlib.suppress(OSError):
            if WEB in (PROC / str(pid) / "cmdline").read_bytes():
                found.append(pid)
    return found


def processor_time(pids: list[int]) -> float:
    """Seconds, with those of children that ended and were waited for."""
    ticks = 0
    for pid in pids:
        words = _read(PROC / str(pid) / "stat").rpartition(")")[2].split()
        ticks += sum(int(word) for word in words[11:15])
    return ticks / TICKS


def memory(pids: list[int]) -> int:
    """Bytes, a page that several share divided among them; without the right to that, all that each uses."""
    total = 0
    for pid in pids:
        total += _find_kibibytes(pid, "smaps_rollup", "Pss:") or _find_kibibytes(
            pid, "status", "VmRSS:"
        )
    return 1024 * total


def busy_time() -> float:
    """Seconds that all processors together have worked (proc(5): without idle and waiting)."""
    words = _read(PROC / "stat").splitlines()[0].split()[1:9]
    numbers = [int(word) for word in words]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICKS


def _find_kibibytes(pid: int, file: str, name: str) -> int:
    for line in _read(PROC / str(pid) / file).splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _read(path: Path) -> str:
    """Empty for what has gone meanwhile, or is another account's."""
    try:
        return path.read_text()
    except OSError:
        return ""


def _list(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError:
        return []


@dataclass(slots=True)
class MachineWatch:
    """`portal` is the process of `./portal run`, `database` PostgreSQL's first."""

    portal: int
    database: int
    most_memory: dict[str, int] = field(default_factory=dict)
    _began: dict[str, float] = field(default_factory=dict)

    def begin(self) -> None:
        self._began = self._spent()
        self.look()

    def look(self) -> None:
        """Now and then, for the most memory."""
        for name, pids in self._parts().items():
            used = memory(pids)
            self.most_memory[name] = max(used, self.most_memory.get(name, 0))

    def tell(self, seconds: float) -> dict[str, object]:
        """{"processors", "shares": of all processors' time, {part: 0 to 1}, "memory": {part: bytes at most}}."""
        processors = len(os.sched_getaffinity(0))
        shares = {}
        for name, spent in self._spent().items():
            worked = spent - self._began[name]
            shares[name] = round(max(0.0, worked) / seconds / processors, 4)
        return {
            "processors": processors,
            "shares": shares,
            "memory": self.most_memory,
        }

    def _parts(self) -> dict[str, list[int]]:
        return {
            "portal": processes_of(self.portal),
            "database": processes_of(self.database),
            "players": [os.getpid()],
        }

    def _spent(self) -> dict[str, float]:
        spent = {name: processor_time(pids) for name, pids in self._parts().items()}
        spent["others"] = busy_time() - sum(spent.values())
        return spent
