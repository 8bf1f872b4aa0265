"""T2: places, streams and variables that are not as one likes them."""

from campaign import Campaign
from harness import require
from subjects import TaskSetSubject, TrainingSubject
from tiny_run import checkpoints


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
    """Varied: locale, time zone, umask, HOME, the current directory, the path of the run or task set, and what standard
    input, output and error are connected to.

    Must hold: training and generating end with 0 and the bytes of undisturbed ones. Where the reader of messages is gone
    the program may end, and another start makes it whole. Commands that print do not crash where nobody listens.
    """

    identifier, title = "T2", "hostile environments"

    def prepare(self):
        training = TrainingSubject(self.ground, resumes=False)
        self.writers = {"train": training, "generate": TaskSetSubject(self.ground, is_file=True)}
        self.checkpoint = checkpoints(training.tiny.reference)[-1]

    def trials(self):
        return [(writer, name) for writer in self.writers for name in CASES] + [
            (number, name) for number in range(len(READERS)) for name in OUTPUTS]

    def attempt(self, trial, folder, draw):
        command, name = trial
        if command in self.writers:
            self._write(self.writers[command], dict(CASES[name]), folder)
        else:
            self._print(READERS[command], OUTPUTS[name])

    def _write(self, subject, case, folder):
        may_die = case.pop("may die", False)
        place = folder / case.pop("folder", ".")
        place.mkdir(parents=True, exist_ok=True)
        outcome = self.ground.start(*subject.command(place), **case).outcome()
        self.inject(outcome.died or f"exit {outcome.code}")
        if may_die:
            return subject.judge(place, outcome)
        require(outcome.code == 0, f"{outcome}")
        subject.judge_unhurt(place)

    def _print(self, command, script):
        words = command if command[0] == "recipe" else [*command, self.checkpoint]
        outcome = self.ground.run(*words, prefix=shell(script))
        self.inject(outcome.died or f"exit {outcome.code}")
        require(outcome.died in (None, "SIGPIPE"), f"{' '.join(map(str, words))}: {outcome}")
