"""Ctrl-C and requests to end -> exceptions, never in the middle of a step that must be whole."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Self

_ENDING = ("SIGTERM", "SIGHUP")


class EndRequestedError(BaseException):
    """The system, or somebody, asked the process to end; not caught as a bug over one record."""


class Interruptions:
    """What to do about signals while a long job runs."""

    def __init__(self) -> None:
        self._before: dict[int, object] = {}
        self._held = False
        self._waiting: BaseException | None = None

    def __enter__(self) -> Self:
        """Take over the signals; one that is ignored (nohup, a job in the background) stays so."""
        if current_thread() is main_thread():
            named = (getattr(signal, name, None) for name in ("SIGINT", *_ENDING))
            for number in (each for each in named if each is not None):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._arrived)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the signals back."""
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]  # As it was given.

    @contextmanager
    def held(self, *, too_late: bool = False) -> Iterator[None]:
        """Run a short step to its end before a signal acts; the second signal acts at once.

        too_late  the step is the last one, after which there is nothing to stop.
        """
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._waiting is not None and not too_late:
            raise self._waiting

    def _arrived(self, number: int, _frame: FrameType | None) -> None:
        """Raise what a signal stands for, or remember it for the end of a held step."""
        name = signal.Signals(number).name
        error = KeyboardInterrupt() if name == "SIGINT" else EndRequestedError(name)
        if self._held and self._waiting is None:
            self._waiting = error
            return
        raise error
