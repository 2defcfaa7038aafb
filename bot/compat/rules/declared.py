"""What a standard declares: its entities, views and profiles, and the patches that make profiles."""

from __future__ import annotations

from collections.abc import Iterator

from bot.compat.rules.model import Rule, Trouble, of_files
from bot.standard.problems import Severity

_WHO = "Those who maintain the standard or the profile. What is published does not change by it."
_ELSEWHERE = "It takes a profile in another repository."


def rules() -> Iterator[Rule]:
    """The rules of what is declared."""
    yield from of_files(_WHO, _TROUBLES)


_TROUBLES = (
    Trouble(
        "standard-missing",
        "There is no standard",
        "Nothing was found that could be judged.",
        "Name the directory that holds schema/ or a data package.",
    ),
    Trouble(
        "standard-moved",
        "The standard has moved to another directory",
        "Addresses and settings that lead to the old one lead nowhere. What it says is compared all the same.",
        "Correct what leads to the old directory.",
        Severity.NOTICE,
        unshown="It takes a repository with two versions of a standard in different places.",
    ),
    Trouble(
        "schemas-missing",
        "The schemas are gone, and only the data package is left",
        "What has schemas and what has none is compared as tables: of data in JSON nothing is said.",
        "Put the directory schema/ back. A standard that is to be tabular from now on is another standard.",
        unshown="It takes a directory that loses its schemas and keeps its data package.",
    ),
    Trouble(
        "declaration-missing",
        "The file standard.yml is gone",
        "Without it the profiles are not read, though their files lie there, and nobody judges a change to one.",
        "Put schema/standard.yml back. A standard that is not to be divided any more keeps the file without profiles.",
        unshown="It takes a standard that loses the file by which it is told from a mere directory of schemas.",
    ),
    Trouble(
        "check-impossible",
        "The check could not begin",
        "Something that it needs is not there: a commit, a branch, git itself. Nothing was judged.",
        "Do what the message says, and run the check again.",
        unshown="It is said where there is nothing to show.",
    ),
    Trouble(
        "standard-invalid",
        "The file standard.yml does not say what it has to say",
        "All that is built is built with what it says: the name of the standard, its version, its entities and views.",
        "Write what the message names.",
    ),
    Trouble(
        "entity-invalid",
        "A file that should describe an entity does not",
        "What is no object has no terms, and the entity is left out.",
        "Write a JSON Schema object, or move the file elsewhere.",
    ),
    Trouble(
        "entity-missing",
        "An entity is listed and has no file",
        "It is in no release, and what refers to it leads nowhere.",
        "Add the file, or take the name out of standard.yml.",
    ),
    Trouble(
        "entity-unlisted",
        "An entity has a file and is not listed",
        "Nobody decided where it stands in the order of the standard.",
        "Add its name to standard.yml where it belongs.",
    ),
    Trouble(
        "view-invalid",
        "A view names something that is not there",
        "The view cannot be compiled.",
        "Correct the name, or take the view out of standard.yml.",
    ),
    Trouble(
        "link-clashing",
        "A view adds a term that the entity already has",
        "In the view, one of the two would hide the other.",
        "Give the link of the view another name.",
    ),
    Trouble(
        "profile-invalid",
        "The file profile.yml does not say what it has to say",
        "Without an id, a title, an address and a version, no release of the profile can be named.",
        "Write what the message names.",
    ),
    Trouble(
        "profile-misnamed",
        "A profile calls itself otherwise than its directory",
        "Terms and settings name profiles by their id, and would mean either of two.",
        "Give both the same name.",
    ),
    Trouble(
        "profile-unknown",
        "A profile is named that does not exist",
        "A term is then in no profile, or people hear nothing of one, although somebody meant it. Often the name is "
        "misspelt.",
        "Correct the name, or add the profile.",
    ),
    Trouble(
        "membership-invalid",
        "It is not said properly how a term belongs to a profile",
        "The profile would lack the term.",
        "Write must, should or could.",
    ),
    Trouble(
        "selection-unknown",
        "A profile selects something that is not there",
        "The selection does nothing. Often the term was renamed in the structure.",
        "Correct the name, or take it out of profile.yml.",
        Severity.WARNING,
    ),
    Trouble(
        "source-missing",
        "A term does not say where it is defined",
        "Nobody can look up what it means where the two communities differ.",
        "Add `source`, the address of the definition.",
        Severity.WARNING,
    ),
    Trouble(
        "patch-invalid",
        "A file that should be a merge patch is none",
        "What it should change stays as it is.",
        "Write an object with what is different, or null to remove the entity.",
    ),
    Trouble(
        "patch-aimless",
        "A merge patch changes something that is not there",
        "That part of it does nothing. Often a term was renamed or removed in the structure under the profile.",
        "Correct the name, or delete the line.",
        Severity.WARNING,
    ),
    Trouble(
        "profile-empty",
        "A profile removes everything",
        "Nothing could be published under it.",
        "Keep at least one entity with one term.",
        Severity.WARNING,
    ),
    Trouble(
        "reference-lost",
        "A profile removes what something in it still refers to",
        "The reference is left out of what is built, and the term with it.",
        "Remove what refers to it as well, or keep what it refers to.",
        Severity.WARNING,
    ),
    Trouble(
        "term-gained",
        "A profile gains a term without a word of its own",
        "What the structure gains, a profile made of patches gains silently: nobody decided that it should.",
        "Decide it: keep the term, or remove it in the profile with null.",
        Severity.NOTICE,
        unshown="It takes the patches of a profile beside the files of a standard.",
    ),
    Trouble(
        "term-unselected",
        "A new term is in no profile",
        "Nothing that is built has it, so that nobody can publish it. Most often somebody forgot to say who has it.",
        "Add `profiles` to it: each profile that shall have it, with must, should or could.",
        Severity.NOTICE,
        unshown="It takes an extended structure with profiles.",
    ),
    Trouble(
        "profile-missing",
        "There is no profile where the settings say",
        "The profile is not judged, and its users hear nothing.",
        "Correct the repository, the ref or the path in the settings.",
        Severity.WARNING,
        _ELSEWHERE,
    ),
    Trouble(
        "profile-taken",
        "Two profiles have the same id",
        "Only one of them is judged.",
        "Give one of them another id in the settings.",
        Severity.WARNING,
        _ELSEWHERE,
    ),
    Trouble(
        "profile-unfetched",
        "A profile of another repository could not be fetched",
        "It is not judged, and its users hear nothing.",
        "See whether the repository and the pinned version are still there.",
        Severity.WARNING,
        _ELSEWHERE,
    ),
    Trouble(
        "profile-unfitting",
        "A profile of another repository is made for another kind of standard",
        "It cannot be applied to this one, and is not judged.",
        "Correct the repository, the ref or the path in the settings.",
        Severity.WARNING,
        _ELSEWHERE,
    ),
)
