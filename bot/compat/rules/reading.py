"""Files that cannot be read, or not safely."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

_WHO = "Whoever proposes the change: what the file says cannot be judged until it is mended. Nobody's data is affected."
_IN_A_REPOSITORY = "It takes a repository, or a file that no other file can hold."


def rules() -> Iterator[Rule]:
    """The rules of reading."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "json-invalid",
        "A file is not JSON",
        "Often one comma or bracket is missing or too many. No program can read the file, and nothing in it counts.",
        "Look at the line that is named, and at the one before it.",
    ),
    Trouble(
        "yaml-invalid",
        "A file is not YAML",
        "Often a line is indented too far or a colon lacks its space. No program can read the file.",
        "Look at the line that is named, and put texts with a colon in them in quotes.",
    ),
    Trouble(
        "yaml-alias-used",
        "A YAML file uses anchors and aliases",
        "A few lines of aliases can stand for more text than any machine holds, so that they are not followed.",
        "Write the value out where it is used.",
    ),
    Trouble(
        "yaml-tag-used",
        "A YAML file uses tags",
        "A tag can ask a program to make anything of a value, so that files from strangers may not have any.",
        "Leave the tag out and write the value in plain words, in quotes where it is text.",
    ),
    Trouble(
        "key-repeated",
        "A key stands twice in one object, with the same value",
        "One of the two does nothing, and the next edit may change only that one.",
        "Remove one of them.",
        Severity.WARNING,
    ),
    Trouble(
        "key-contradicted",
        "A key stands twice in one object, with different values",
        "Some programs take the first and others the last, so that nobody knows what the file says.",
        "Keep the one that is meant.",
    ),
    Trouble(
        "number-not-exchangeable",
        "A number is too large or none at all",
        "Programs read such a number as another one, or stop: NaN, infinity, numbers of hundreds of digits.",
        "Write it as text, or as a number that every program can hold.",
    ),
    Trouble(
        "nesting-too-deep",
        "Values are nested too deep",
        "No standard needs it, and programs that read the file could run out of memory.",
        "Give the inner parts a name under `$defs` and refer to them.",
    ),
    Trouble(
        "encoding-invalid",
        "A file is not UTF-8",
        "Programs would guess how to read it, and show other letters than those that were written.",
        "Save the file as UTF-8.",
    ),
    Trouble(
        "byte-order-mark-found",
        "A file begins with an invisible mark",
        "Some editors put it there. Strict readers of JSON refuse the file because of it.",
        "Save the file as UTF-8 without a byte-order mark.",
        Severity.WARNING,
    ),
    Trouble(
        "character-hidden",
        "A file has characters that nobody sees",
        "They can make a line read otherwise than it is: who reviews the change sees something else than programs do.",
        "Remove them, or write them as an escape so that they can be seen.",
    ),
    Trouble(
        "surrogate-lone",
        "A file has half of a character",
        "Such a half cannot be saved as text, so that whoever publishes the value loses it.",
        "Write the whole character.",
    ),
    Trouble(
        "file-too-large",
        "A file is larger than any standard needs",
        "Reading it would keep everybody waiting. It was not read.",
        "Split it, or keep generated files elsewhere.",
        unshown="A file that is large enough would be too large to keep as an example.",
    ),
    Trouble(
        "files-too-many",
        "There are more files than any standard has",
        "The rest of them was not read, and may have been what matters.",
        "Keep generated files out of the directory.",
        unshown="It takes more files than an example should have.",
    ),
    Trouble(
        "file-special",
        "Something that is no ordinary file stands among the files",
        "What it gives when it is read is not in the repository.",
        "Put an ordinary file there.",
        unshown=_IN_A_REPOSITORY,
    ),
    Trouble(
        "file-misnamed",
        "The name of a file is not text",
        "It looks different on every machine, or cannot be opened there.",
        "Give it a name in plain letters.",
        unshown=_IN_A_REPOSITORY,
    ),
    Trouble(
        "file-elsewhere",
        "The text of a file is kept somewhere else",
        "What lies in the repository is a note that says where the file is; it was not fetched.",
        "Keep the file itself in the repository.",
    ),
    Trouble(
        "symlink-refused",
        "A symbolic link stands where a file should be",
        "A link can lead anywhere on the machine that reads it, so that none is followed.",
        "Put the file itself there.",
        unshown=_IN_A_REPOSITORY,
    ),
    Trouble(
        "submodule-refused",
        "A submodule stands where files should be",
        "Its files are in another repository and can change there unseen.",
        "Put the files themselves there.",
        unshown=_IN_A_REPOSITORY,
    ),
)
