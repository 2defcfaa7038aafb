"""Brings commands and the outside together: the only room that names adapters."""

from bot.wiring.judging import confirmer, day, feeds, output, own_output, project, sources
from bot.wiring.looking_back import Past, history, past, titles
from bot.wiring.setting_up import probes
from bot.wiring.settings import Named, configuration, event, named
from bot.wiring.telling import Services, due, nightly, refreshed, services, watch
from bot.wiring.world import StandIn, stand_in

__all__ = [
    "Named",
    "Past",
    "Services",
    "StandIn",
    "configuration",
    "confirmer",
    "day",
    "due",
    "event",
    "feeds",
    "history",
    "named",
    "nightly",
    "output",
    "own_output",
    "past",
    "probes",
    "project",
    "refreshed",
    "services",
    "sources",
    "stand_in",
    "titles",
    "watch",
]
