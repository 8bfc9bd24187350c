"""The county's poor households, and its cases by state: ``python county.py``, with URL and TOKEN set."""

import json
import os
from collections import Counter

from jingzhun_client import Client
from jingzhun_client.operations import list_cases, list_households

with Client(os.environ.get("URL", "http://127.0.0.1:8000"), os.environ["TOKEN"]) as jingzhun:
    poor = jingzhun.send(list_households(status="poor", limit=5))
    for household in poor.items:
        print(household.division, household.head_name or "—", household.status)
    states = Counter(case.state for case in jingzhun.items(list_cases(limit=5)))
    print(json.dumps(states))
