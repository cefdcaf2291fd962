"""What the clients written in Python have in common: they are asked in lines of JSON, and answer each with one."""

import json
import sys


def converse(answer):
    """Answers every line of the standard input by a function from a question to its answer, until the input ends."""
    replies = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints must not be taken for an answer
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as failure:  # the test tells which case it was
            reply = {"code": type(failure).__name__, "text": str(failure)}
        print(json.dumps(reply), file=replies, flush=True)
