from __future__ import annotations

import pytest

from bot.commands.judge import patch_directories
from bot.community.channels import Channel, Slack
from bot.community.configuration import Configuration, PatchedProfile
from bot.community.noise import Situation
from bot.compat.bump import Bump
from bot.compat.changes import Change
from bot.publish.destinations import destinations
from bot.report.model import Outcome, ProfileReport, Report, ReportedChange, Side
from bot.standard.loading import PatchSet, load
from tests.worlds import snapshot

PATCH, CORE = "profile/service.json", "schema/service.json"


def profile(id_: str, *files: str, countries: str = "") -> ProfileReport:
    change = Change("required-added", "service", (), "required", None, "email")
    changes = tuple(ReportedChange(change, file, "/required", 1) for file in files)
    return ProfileReport(id_, id_, Outcome.BREAKING, Bump.MAJOR, changes=changes, countries=tuple(countries.split()))


def told(*profiles: ProfileReport, kind: str = "HSDS 3 checkout", uk: str = "", us: str = "US") -> str:
    """The channels that hear of it: `uk` names a profile or, without one, the country."""
    channels = [
        Channel("uk-chat", Slack("C0UK"), () if uk else ("GB",), (uk,) if uk else ()),
        Channel("us-chat", Slack("C0US"), tuple(us.split())),
        Channel("all", Slack("C0ALL")),
    ]
    report = Report(Side("main", kind), Side("head", kind), profiles)
    found = destinations(report, channels, Situation(draft=False, bump=Bump.MAJOR))
    return " ".join(each.channel.id for each in found if each.allowance.create)


def test_patches_of_one_country_are_told_there_alone() -> None:
    assert told(profile("uk", PATCH, countries="GB")) == "uk-chat"


def test_what_the_patches_of_one_country_lie_upon_is_everybodys() -> None:
    assert told(profile("uk", CORE, countries="GB")) == "uk-chat us-chat all"
    assert told(profile("uk", PATCH, CORE, countries="GB")) == "uk-chat us-chat all"


def test_an_extended_structure_tells_by_its_profiles_whose_a_file_is() -> None:
    assert told(profile("uk", CORE, countries="GB"), kind="extended structure") == "uk-chat"


def test_a_channel_that_names_a_profile_without_countries_has_it_to_itself() -> None:
    assert told(profile("uk", PATCH), uk="uk") == "uk-chat"


def test_a_profile_that_nobody_names_is_everybodys() -> None:
    assert told(profile("classic", "schema/profiles/classic/a.json")) == "uk-chat us-chat all"


def test_a_channel_of_profiles_alone_hears_of_no_other() -> None:
    changed = profile("classic", "schema/profiles/classic/a.json")
    assert told(changed, profile("uk"), uk="uk") == "us-chat all"
    # Whether a profile that the report does not know is touched nobody can say.
    assert told(changed, uk="uk") == "uk-chat us-chat all"


@pytest.mark.parametrize(("title", "shown"), [("Open Referral UK", "Open Referral UK"), ("", "uk")])
def test_title_and_countries_of_patches_reach_the_profile(title: str, shown: str) -> None:
    (directory,) = patch_directories(Configuration(patches=(PatchedProfile("uk", "profile", title, ("GB",)),)), ".")
    files = snapshot({"service.json": {"properties": {"a": {"type": "string"}}}}, "profile")
    core = snapshot({CORE: {"type": "object", "properties": {"a": {}}}}, "main")
    (made,) = load(core, [PatchSet(directory.id, files, directory.title, directory.countries)]).profiles
    assert (made.title, made.countries) == (shown, ("GB",))
