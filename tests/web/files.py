"""The team's files that the pages are tested with."""

FILES = {
    "schedules/campaigns.yaml": """\
campaigns:
  - id: futures
    name: Futures
    owner: Our Council
    hashtag: OurFutures
    link: https://council.example/futures
    contact: desk@council.example
    timezone: Europe/London
    pillars: [{id: early, name: Early help}]
  - id: elsewhere
    name: Elsewhere
    owner: Our Council
    hashtag: Elsewhere
    link: https://council.example/elsewhere
    contact: desk@council.example
    pillars: [{id: other, name: Other}]
""",
    "schedules/accounts.yaml": """\
accounts:
  - {id: practice, platform: rehearsal, campaigns: [futures], label: Practice channel}
  - {id: practice-two, platform: rehearsal, campaigns: [elsewhere], label: Second channel}
""",
    "schedules/feeds.yaml": """\
feeds:
  - id: council-news
    url: https://council.example/news.xml
    campaigns: [futures]
    accounts: [practice]
    every: 5 min
    template: release
    publish: after 15 min
""",
    "schedules/seasons.yaml": """\
periods:
  - {id: far-election, name: Far election, from: 2095-03-20, until: 2095-05-05, zone: Europe/London}
""",
    "messages/templates.yaml": """\
templates: [{id: release, campaign: futures, text: "New: {title} {link}"}]
""",
    "messages/facts.yaml": """\
facts:
  - id: gap
    measure: funding gap
    value: 3100000000
    unit: GBP
    qualifier: exact
    period: by 2025
    owner: Our Council
    source: {name: A report of 2019, url: "https://council.example/report"}
    as_of: 2019-11-01
    expires: 2020-12-31
    status: usable
  - id: waits
    measure: families who waited longer
    value: 42
    unit: per cent
    qualifier: more_than
    period: "2018"
    period_ends: 2018-12-31
    owner: Our Council
    source: {name: Survey, url: "https://council.example/survey"}
    as_of: 2019-03-01
    status: usable
""",
    "messages/early.yaml": """\
messages:
  - id: early-help
    kind: action
    campaign: futures
    pillar: early
    text: "Help that comes early changes a childhood. {link}"
    link: https://council.example/futures
  - id: old-gap
    kind: statistic
    campaign: futures
    pillar: early
    text: "The gap is {fact:gap}."
""",
}
