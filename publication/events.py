"""What happens to the texts by itself between two moments, for machines."""

import json
from datetime import datetime

from publication import files
from publication.load import Publication
from publication.records import Text


def as_json(publication: Publication, until: datetime) -> str:
    """The events after the publication's moment and up to ``until``, in order."""
    texts: list[Text] = [
        *publication.articles,
        *publication.pages,
        *publication.resources,
        *publication.hidden,
    ]
    by_id = {text.id: text for text in texts}
    answer = [
        {
            "at": event.at.isoformat(),
            "kind": event.kind,
            "id": event.id,
            "title": by_id[event.id].title,
            "file": files.shown(by_id[event.id].source, publication.content),
        }
        for event in publication.events
        if event.at <= until and event.id in by_id
    ]
    return json.dumps(answer, ensure_ascii=False)
