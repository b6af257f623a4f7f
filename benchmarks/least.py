"""The least that takes a comment in as it is asked for: a Flask endpoint with the libraries' work and the rows alone.

What every accepted comment needs, whoever writes it: a token checked, Markdown rendered and sanitised, an address
checked, sealed and hashed, a reader's network hashed, and the rows in our tables, in one synced transaction. No policy,
list, pace, brake, letter, language or page of ours. What it costs more than the bare floor, no service can save.
"""

import hmac
import json
import logging
import os
import secrets
import sqlite3
import sys
import threading
import time

import nh3
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from email_validator import validate_email
from flask import Flask, Response, jsonify, request
from markdown_it import MarkdownIt
from waitress import serve

PRAGMAS = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON"
KNOWN = """SELECT id FROM comments WHERE token = :token
    UNION SELECT id FROM comments WHERE digest = :digest AND digest <> ''
    UNION SELECT id FROM comments WHERE said = :said AND said <> ''"""
PERSON = "INSERT INTO people (created) VALUES (:now) RETURNING id"
REST = (
    "INSERT INTO browsers (hash, person) VALUES (:browser, :person)",
    "INSERT INTO addresses (person, sealed, lookup) VALUES (:person, :sealed, :lookup)",
    "INSERT INTO threads (id) VALUES (:thread) ON CONFLICT DO NOTHING",
)
COMMENT = """INSERT INTO comments (thread, person, name, website, source, html, markup, state, reasons, created, token,
        digest, prefix, language, said)
    VALUES (:thread, :person, :name, '', :comment, :html, 1, 'pending', '[["first", "A first comment.", 0]]', :now,
        :token, :digest, :network, 'en', :said)
    RETURNING id"""
AUDIT = """INSERT INTO audit (at, actor, action, comment, thread, detail)
    VALUES (:now, 'commenter', 'submit', :number, :thread, '{}')"""

app = Flask("least")
key = secrets.token_bytes(32)
cipher, markdown = AESGCM(key), MarkdownIt("commonmark", {"html": False})
local, writing = threading.local(), threading.Lock()


@app.post("/comments/<thread>")
def add(thread: str) -> tuple[Response, int]:
    """Take one comment in."""
    sent = json.loads(request.get_data())
    html = nh3.clean(markdown.render(sent["comment"]))
    address = validate_email(sent["email"], check_deliverability=False).normalized
    nonce = os.urandom(12)
    values = sent | {
        "thread": thread,
        "html": html,
        "now": time.time_ns() // 1000,
        "browser": keyed("browser", sent["token"]),
        "sealed": nonce + cipher.encrypt(nonce, address.encode(), b"person"),
        "lookup": keyed("lookup", address),
        "digest": keyed("digest", sent["comment"]).hex(),
        "said": keyed("said", html).hex(),
        "network": keyed("network", request.remote_addr or ""),
    }
    return jsonify(id=stored(values), waiting=keyed("waiting", sent["token"]).hex(), html=html), 201


def stored(values: dict[str, object]) -> int:
    """The number of the comment, once it is on the disk."""
    run = store().execute
    with writing:
        run("BEGIN IMMEDIATE")
        run(KNOWN, values).fetchall()
        values["person"] = run(PERSON, values).fetchone()[0]
        for statement in REST:
            run(statement, values)
        values["number"] = number = int(run(COMMENT, values).fetchone()[0])
        run(AUDIT, values)
        run("COMMIT")
    return number


def store() -> sqlite3.Connection:
    """This thread's connection to the store of our schema that the environment names."""
    if not hasattr(local, "store"):
        local.store = sqlite3.connect(os.environ["LEAST"], timeout=30, isolation_level=None)
        local.store.executescript(PRAGMAS)
    connection: sqlite3.Connection = local.store
    return connection


def keyed(*parts: str) -> bytes:
    """A keyed hash, as every value is that must not tell what it was made from."""
    return hmac.digest(key, "\0".join(parts).encode(), "sha256")


if __name__ == "__main__":
    logging.getLogger("waitress").setLevel(logging.ERROR)
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=8, _quiet=True)
