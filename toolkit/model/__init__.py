"""The nouns: frozen values without files, networks or clocks. Everything above imports them from here."""

from toolkit.model.clock import Clock, SetClock, SystemClock, read_clock
from toolkit.model.fences import FencedBlock, find_fenced
from toolkit.model.media import Consent, Media, MediaKind
from toolkit.model.message import Message, MessageKind, Showing
from toolkit.model.observation import Observation, Subject
from toolkit.model.post import (
    Approval,
    Ignore,
    Late,
    Options,
    Places,
    Post,
    SentBack,
    Status,
)
from toolkit.model.problem import Fix, Problem, Severity, SourceText, Span
from toolkit.model.rendition import Attachment, Count, Part, Rendition, RichSpan, SpanKind
from toolkit.model.repeat import Instance, Repeat, RepeatError
from toolkit.model.revision import Correction, Otherwise, Retraction
from toolkit.model.sending import Answer, Outcome, Presence, Promise, Sighting
from toolkit.model.signin import SignIn
from toolkit.model.walltime import Existence, WallTime, in_range, zone

__all__ = [
    "Answer",
    "Approval",
    "Attachment",
    "Clock",
    "Consent",
    "Correction",
    "Count",
    "Existence",
    "FencedBlock",
    "Fix",
    "Ignore",
    "Instance",
    "Late",
    "Media",
    "MediaKind",
    "Message",
    "MessageKind",
    "Observation",
    "Options",
    "Otherwise",
    "Outcome",
    "Part",
    "Places",
    "Post",
    "Presence",
    "Problem",
    "Promise",
    "Rendition",
    "Repeat",
    "RepeatError",
    "Retraction",
    "RichSpan",
    "SentBack",
    "SetClock",
    "Severity",
    "Showing",
    "Sighting",
    "SignIn",
    "SourceText",
    "Span",
    "SpanKind",
    "Status",
    "Subject",
    "SystemClock",
    "WallTime",
    "find_fenced",
    "in_range",
    "read_clock",
    "zone",
]
