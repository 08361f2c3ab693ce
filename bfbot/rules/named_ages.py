"""Whether a text tells a child by name and age: “Somebody, aged 9”, “nine-year-old Somebody”, “Somebody (9)”."""

from __future__ import annotations

import re

from bfbot.rules.reading import plain

_AGE = (
    r"(?:(?:1[0-7]|[1-9])(?:[13]⁄[24])?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen)"
)
_CLASS = r"(?:year\s+(?:1[0-3]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b|reception\s+class)"
_NO_NAME = re.compile(
    r"a|an|the|and|or|of|for|to|at|in|on|by|with|from|when|was|is|are|were|be|all|"
    r"any|each|every|both|who|those|these|this|that|they|them|we|our|your|their|his|her|"
    r"its|child|children|boy|boys|girl|girls|kid|kids|baby|babies|toddler|toddlers|pupil|"
    r"pupils|student|students|teenager|teenagers|teen|teens|youngster|youngsters|people|person|"
    r"young|everyone|everybody|anyone|anybody|somebody|someone|nobody|son|sons|daughter|"
    r"daughters|brother|brothers|sister|sisters|sibling|siblings|twin|twins|learner|learners|"
    r"player|players|member|members|family|families|group|groups|carer|carers|care|adult|"
    r"adults|youth|until|under|over|between|about|nearly|around|almost|up|aged|age|old|year|"
    r"years|month|months|plant|plan|boys'|girls'|children's|page|room|section|chapter|step|"
    r"part|figure|table|week|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"than|said|says|can|could|may|might|must|will|would|should|has|have|had|do|does|did|not|but|as|because|if|"
    r"while|once|after|before|during|through|into|without|within|near|here|then|now|once|where|which|what|how|"
    r"needs|wants|gets|goes|went|came|learns|living|learning|playing|being|going|having|more|less|only|also|"
    r"he|she|it|there|score|number|pays|lasts|takes|waits|waited|reception|parents|classes|assembly|choir|trip|sats|mae|yn|plentyn|bachgen|merch|bobl"
)
"""Words before or after an age that name nobody."""

_NAME = r"(?<![\w'’-])([^\W\d_][\w'’-]{0,60})"
_FORMS = tuple(
    re.compile(one)
    for one in (
        rf"{_NAME}[\s,(:–—-]{{1,4}}(?:(?:who\s+)?(?:is|was)\s+|now\s+|then\s+)?(?:aged?|oed)[\s:-]{{0,3}}{_AGE}\b",
        rf"\b{_AGE}[\s-]{{0,3}}(?:years?|yrs?)?[\s-]{{0,3}}old[\s,]{{1,3}}{_NAME}",
        rf"{_NAME}[\s,(]{{1,4}}(?:(?:who\s+)?(?:is|was)\s+)?{_AGE}[\s-]{{0,3}}(?:years?|yrs?|months?)[\s-]{{0,3}}old\b",
        rf"{_NAME}[\s,(]{{1,4}}(?:sy['’]n\s+)?{_AGE}\s+oed\b",
        rf"{_NAME}\s+(?:is|turned|turns|has\s+turned)\s+{_AGE}\s*(?:[,!–—]|\.(?!\d)|$|today|tomorrow|now)",
        rf"{_NAME}\s*\(\s*{_AGE}\s*\)",
        rf"{_NAME}\s*,\s*{_AGE}\s*(?:,|\.(?!\d)|!|$|[–—]|and\s+[^\W\d_]+\s*,\s*{_AGE}\b)",
        rf"\b{_AGE}[\s-]{{0,3}}yo\s+{_NAME}",
        rf"{_NAME}(?:\s*[,(]\s*{_AGE}[\s-]{{0,3}}(?:years?|months?)|[\s,(]{{1,4}}{_AGE}[\s-]{{0,3}}yrs?)\b(?!\s*(?:ago|on|of|later|after))",
        rf"{_NAME}\s*\[\s*{_AGE}\s*\]",
        rf"{_NAME}\s+[–—-]\s+{_AGE}\s*(?:[–—-]|$)",
        rf"{_NAME}\s*/\s*{_AGE}(?![\w/])",
        rf"{_NAME},?\s+(?:who\s+)?(?:has\s+)?(?:just\s+)?turned\s+{_AGE}\b",
        rf"{_NAME}['’]s\s+(?:1[0-8]|[1-9])(?:st|nd|rd|th)\s+birthday",
        rf"{_NAME}(?:,\s+(?:in|of|from)|\s*\()\s*{_CLASS}",
        rf"\b{_CLASS}\s+(?:pupil|student|boy|girl|child),?\s*{_NAME}",
    )
)


def name_with_age(text: str) -> bool:
    """Of somebody under eighteen, in any case and spacing. Nouns with an age (“pupils aged 9”) are no names."""
    seen = plain(text)
    return any(not _NO_NAME.fullmatch(match[1]) for form in _FORMS for match in form.finditer(seen))
