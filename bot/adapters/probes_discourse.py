"""Tries a Discourse forum for `doctor`: the key, the user and its role, the topics, who has to approve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.adapters.probing import UNREACHABLE, Answer, Http
from bot.community.channels import Channel, Forum
from bot.community.checkup import Check, fine, left_open, wrong
from bot.settings import Discourse

ALWAYS_EDITS = 4
"""The trust level from which posts may be edited for ever; staff and moderators of the category may as well."""
_NEW_KEY = (
    "An admin of the forum makes the key: Admin, API, New API key, for this single user (SETUP.md, “The forum”). "
    "A key that nobody uses for 180 days is revoked."
)


@dataclass(frozen=True, slots=True)
class DiscourseProbe:
    """The forum, and the topics of it that are channels. `post`: also write a reply in each and take it away;
    `stamp` makes it one of its kind."""

    settings: Discourse
    channels: tuple[Channel, ...]
    post: bool
    stamp: str
    title: str = "Forum (Discourse)"

    def checks(self) -> Iterator[Check]:
        """From the key to each topic."""
        headers = {"Api-Key": self.settings.key.reveal(), "Api-Username": self.settings.username}
        topics = [(channel, channel.place) for channel in self.channels if isinstance(channel.place, Forum)]
        with Http(self.settings.url, headers) as http:
            member = _member(http, self.settings.username)
            yield member.check
            if member.is_refused:
                return
            if not topics:
                yield left_open("the key is set, and no channel in bot.yml is a topic")
            for channel, place in topics:
                yield from _TopicExamination(self, http, member, channel, place).checks()


@dataclass(frozen=True, slots=True)
class _Member:
    """Who the key writes as, and what was found out on the way. `trust_level` is None where nobody knows."""

    check: Check
    name: str
    is_staff: bool = False
    trust_level: int | None = None
    is_refused: bool = False


def _member(http: Http, name: str) -> _Member:
    answer = http.get("/session/current.json")
    found = answer.get("current_user")
    if not answer.ok:
        answer = http.get(f"/u/{name}.json")
        found = answer.get("user")
    if answer.ok and isinstance(found, dict):
        return _known(found, name)
    match answer.status:
        case 401 | 403:
            # A key of few scopes may write and yet not look itself up: the topics tell.
            said = left_open(f"the key does not tell whose it is (bot.yml and the topics below say {name})", _NEW_KEY)
            return _Member(said, name)
        case 404:
            return _refused(f"there is no user {name}", "Set DISCOURSE_API_USERNAME to the user that the key is for.")
        case 301 | 302 | 307 | 308:
            address = answer.headers.get("location", "another address")
            return _refused(f"the forum is at {address}", "Set DISCOURSE_URL to the forum's own address.")
        case 429:
            return _refused("the forum asks to be slower", "Run it again in a minute.")
    why = "no answer came" if answer.status == UNREACHABLE else f"it answers {answer.status}, and no JSON"
    return _refused(f"the forum cannot be read: {why}", "Check DISCOURSE_URL, and whether the forum is up.")


def _known(found: dict[str, object], name: str) -> _Member:
    real = str(found.get("username") or "")
    if real.casefold() != name.casefold():
        return _refused(f"the key is that of {real}, not of {name}", f"Set DISCOURSE_API_USERNAME to {real}.")
    level = found.get("trust_level")
    staff = found.get("admin") is True or found.get("moderator") is True
    return _Member(
        fine(f"the key is valid, and writes as {real}"), real, staff, level if isinstance(level, int) else None
    )


def _refused(what: str, hint: str) -> _Member:
    return _Member(wrong(what, hint), "", is_refused=True)


class _TopicExamination:
    def __init__(self, probe: DiscourseProbe, http: Http, member: _Member, channel: Channel, place: Forum) -> None:
        self._http, self._member, self._place = http, member, place
        self._post, self._stamp = probe.post, probe.stamp
        self._host = urlsplit(probe.settings.url).netloc.lower()
        self._name = f"{channel.id} (topic {place.topic})"

    def checks(self) -> Iterator[Check]:
        if self._place.host and self._place.host != self._host:
            hint = "Name the topic of this forum, or set DISCOURSE_URL to the other one."
            yield wrong(f"{self._name} is a topic of {self._place.host}, and the key is for {self._host}", hint)
            return
        topic = self._http.get(f"/t/{self._place.topic}.json")
        yield self._open(topic)
        if not topic.ok:
            return
        moderates = self._member.is_staff or topic.get("details", "can_moderate_category") is True
        yield self._role(topic, moderates=moderates)
        yield self._approval(topic, moderates=moderates)
        if self._post:
            yield self._tried()

    def _open(self, topic: Answer) -> Check:
        title = topic.text("title")
        match topic.status:
            case 200 if topic.get("archived") is True or (topic.get("closed") is True and not self._member.is_staff):
                return wrong(f"{self._name}, “{title}”, is closed", "Open it, or name another topic in bot.yml.")
            # A right that one does not have is left out of the answer, and not said to be false.
            case 200 if topic.get("details", "can_create_post") is not True:
                hint = "Let the user reply in this category, or name another topic in bot.yml."
                return wrong(f"{self._name}, “{title}”: the user may not reply there", hint)
            case 200:
                return fine(f"{self._name} is there and open: “{title}”")
            case 404:
                return wrong(f"{self._name} is not there", "Name another in bot.yml: the last number in its address.")
            case 403:
                hint = f"Let the user read the category. If no topic can be read, the key is not valid. {_NEW_KEY}"
                return wrong(f"{self._name} is not for this user, or the key is not valid", hint)
        return wrong(f"{self._name} cannot be read: the forum answers {topic.status}", "Run it again later.")

    def _role(self, topic: Answer, *, moderates: bool) -> Check:
        if moderates:
            return fine(f"{self._name}: the user moderates there, and may edit and reply as it needs")
        level = self._member.trust_level
        hint = "Make the user a moderator of the category (or of the forum)."
        if level is None:
            return left_open(f"{self._name}: the user's role could not be told", hint)
        if level < ALWAYS_EDITS:
            after = "30 days" if level >= 2 else "a day"
            words = (
                f"{self._name}: a post cannot be edited after {after} (trust level {level}), so the list would go stale"
            )
            return wrong(words, f"{hint} Trust level 4 is enough for keeping the list true.")
        is_author = topic.text("details", "created_by", "username").casefold() == self._member.name.casefold()
        why = "the topic is its own" if is_author else "trust level 4"
        return fine(f"{self._name}: the user may keep its post true ({why})")

    def _approval(self, topic: Answer, *, moderates: bool) -> Check:
        if moderates:
            return fine(f"{self._name}: nobody has to approve its posts")
        answer = self._http.get(f"/c/{topic.get('category_id')}/show.json")
        setting = answer.get("category", "category_setting")
        if not isinstance(setting, dict):
            return left_open(f"{self._name}: whether posts wait for approval shows with the first (or --post)")
        if setting.get("require_reply_approval") is True or setting.get("reply_posting_review_mode") == "everyone":
            hint = "Let the category take replies without approval, or make the user a moderator of it."
            return wrong(f"{self._name}: replies wait for approval there", hint)
        return fine(f"{self._name}: replies need no approval there")

    def _tried(self) -> Check:
        raw = f"Setup check {self._stamp}: the bot tries whether it can write here, and takes this away at once."
        answer = self._http.post("/posts.json", form={"topic_id": str(self._place.topic), "raw": raw})
        if answer.text("action") == "enqueued":
            hint = "Reject it in the review queue; let the category take replies without approval."
            return wrong(f"{self._name}: a test reply waits for approval", hint)
        post = answer.get("id")
        if not answer.ok or not isinstance(post, int):
            return self._unwritten(answer)
        if self._http.delete(f"/posts/{post}.json").ok:
            return fine(f"{self._name}: a test reply was written and taken away")
        return wrong(f"{self._name}: a test reply was written and could not be taken away", f"Delete it: /p/{post}")

    def _unwritten(self, answer: Answer) -> Check:
        if answer.status == UNREACHABLE or answer.ok or answer.status >= 500:
            return wrong(f"{self._name}: nobody knows whether a test reply was written", "Look there; run it again.")
        hint = "Check that the user may reply there and that the key may write; run it again in a minute."
        return wrong(f"{self._name}: a test reply was refused{_reason(answer.get('errors'))}", hint)


def _reason(errors: object) -> str:
    said = [str(each) for each in errors] if isinstance(errors, Sequence) and not isinstance(errors, str) else []
    return f": {said[0][:200].rstrip('.')}" if said else ""
