"""``python -m workshop.typed``: runs the tasks; what was typed wrong is said in a sentence that tells what to type."""

import sys
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from invoke.exceptions import Exit, ParseError
from invoke.parser.context import ParserContext
from invoke.program import Program

from workshop.piped import go_on_unheard

COMMAND = "python3 tasks.py"
NEEDED = {
    "migrate": f"Which export? Type its file: {COMMAND} migrate export.xml",
    "export": f"Into which file, and in which format? Type both: {COMMAND} export conversation.jsonl --to jsonl",
    "preview": f"Which text? Type its file or its id: {COMMAND} preview content/articles/2026/my-text.md",
    "new": f'What is it called? Type the title behind it: {COMMAND} new "What a first message can carry"',
}

SURPLUS = {"migrate": "Several files are typed with commas between them, without blanks."}
QUOTES = "'\""


class Tasks(Program):
    """Invoke's own program with our words."""

    def parse_tasks(self) -> None:
        """Read what was typed behind the name of the file.

        :raise Exit: it cannot be understood; the message says what to type.
        """
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:
            contexts = {str(context.name): context for context in self.collection.to_contexts()}
            raise Exit(explain(error, self.argv[1:], contexts, self.initial_context.flags), code=1) from None


def explain(
    error: Exception, typed: Sequence[str], tasks: Mapping[str, ParserContext], general: Collection[str]
) -> str:
    """What is wrong with the words that were ``typed``, and what to type; ``general`` are the options of all tasks."""
    first = next((word for word in typed if not word.startswith("-")), "")
    if first not in tasks:
        if not first:
            return f"There is no option {typed[0]}. {COMMAND} --list shows what there is to do."
        near = get_close_matches(first, tasks, n=1)
        guess = f"Did you mean {near[0]}? " if near else ""
        return f"There is no task “{first}”. {guess}{COMMAND} --list shows all."
    task = tasks[first]
    words = typed[typed.index(first) + 1 :]
    unknown = next((word for word in words if _is_unknown(word, [*task.flags, *general])), "")
    if unknown:
        return f"{first} has no option {unknown.partition('=')[0]}. {_options(task)}"
    said = str(error)
    if isinstance(error, ValueError):
        return f"“{said.rpartition(': ')[2].strip(QUOTES)}” is no number. {_options(task)}"
    if "needed value" in said or "required positional" in said:
        last = words[-1] if words and words[-1].startswith("-") else ""
        return f"{last} needs a value behind it. {_options(task)}" if last else NEEDED.get(first, _options(task))
    surplus = said.split("'")[1] if said.count("'") > 1 else said
    cure = SURPLUS.get(first, "Words with a blank in them need quotation marks.")
    return f"{first} can do nothing with “{surplus}”. {cure} {_options(task)}"


def _is_unknown(word: str, known: Collection[str]) -> bool:
    return word.startswith("--") and len(word) > 2 and word.partition("=")[0] not in known


def _options(task: ParserContext) -> str:
    flags = sorted(flag for flag in task.flags if flag.startswith("--"))
    return f"Its options: {', '.join(flags)}." if flags else "It has no options."


if __name__ == "__main__":
    go_on_unheard()
    Tasks(name=COMMAND, binary=COMMAND).run([COMMAND, *sys.argv[1:]])
