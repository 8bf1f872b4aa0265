"""T2: places, streams and variables that are not as one likes them."""

from campaign import Campaign
from harness import require
from tiny_run import TinyRun, checkpoints


def shell(script):
    return ["sh", "-c", script, "sh"]


CASES = {
    "Turkish locale": {"environment": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}},
    "German locale": {"environment": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}},
    "locale C": {"environment": {"LC_ALL": "C"}},
    "no such locale": {"environment": {"LC_ALL": "xx_XX.nothing"}},
    "time zone": {"environment": {"TZ": "Pacific/Kiritimati"}},
    "umask 077": {"prefix": shell('umask 077; exec "$@"')},
    "umask 000": {"prefix": shell('umask 000; exec "$@"')},
    "no HOME": {"prefix": ["env", "-u", "HOME"]},
    "HOME nowhere": {"environment": {"HOME": "/nonexistent"}},
    "no environment": {"prefix": ["env", "-i"]},
    "read-only directory": {"directory": "/proc"},
    "path with spaces": {"folder": "a run  of mine "},
    "path in Japanese": {"folder": "学ぶ"},
    "path of 255 bytes": {"folder": "n" * 255},
    "path with quotes and a line feed": {"folder": "a'b\"c\nd"},
    "closed input": {"prefix": shell('exec "$@" <&-')},
    "closed output": {"prefix": shell('exec "$@" >&-')},
    "closed messages": {"prefix": shell('exec "$@" 2>&-')},
    "all streams closed": {"prefix": shell('exec "$@" <&- >&- 2>&-')},
    "output to a full disk": {"prefix": shell('exec "$@" >/dev/full')},
    "messages to a full disk": {"prefix": shell('exec "$@" 2>/dev/full')},
    "messages to a broken pipe": {"prefix": shell('"$@" 2>&1 >/dev/null | true'), "may die": True},
}


OUTPUTS = {"full disk": 'exec "$@" >/dev/full', "closed": 'exec "$@" >&-', "broken pipe": '"$@" | true',
           "all closed": 'exec "$@" <&- >&- 2>&-'}
READERS = [["recipe", "list"], ["evaluate", "--episodes", 4, "--json"], ["inspect"], ["verify"]]
"""Commands that print what they found; all but the first get a checkpoint."""


class Environment(Campaign):
    """Varied: locale, time zone, umask, HOME, the current directory, the path of the run, and what standard input, output
    and error are connected to.

    Must hold: training ends with 0 and the bytes of an undisturbed run. Where the reader of messages is gone the program
    may end, and another start makes it whole. Commands that print do not crash where nobody listens.
    """

    identifier, title = "T2", "hostile environments"

    def prepare(self):
        self.tiny = TinyRun(self.ground, steps=100, interval=10)

    def trials(self):
        return [("train", name) for name in CASES] + [
            (number, name) for number in range(len(READERS)) for name in OUTPUTS]

    def attempt(self, trial, folder, draw):
        command, name = trial
        if command == "train":
            self._train(dict(CASES[name]), folder)
        else:
            self._print(READERS[command], OUTPUTS[name])

    def _train(self, case, folder):
        may_die = case.pop("may die", False)
        place = folder / case.pop("folder", ".")
        outcome = self.tiny.start(place, "--workers", 1, **case).outcome()
        self.inject(outcome.died or f"exit {outcome.code}")
        if not may_die:
            require(outcome.code == 0, f"{outcome}")
            self.tiny.compare(place / "run", everything=True)
        self.tiny.finish(place, everything=True)

    def _print(self, command, script):
        words = command if command[0] == "recipe" else [*command, checkpoints(self.tiny.reference)[-1]]
        outcome = self.ground.run(*words, prefix=shell(script))
        self.inject(outcome.died or f"exit {outcome.code}")
        require(outcome.died in (None, "SIGPIPE"), f"{' '.join(map(str, words))}: {outcome}")
