"""An authenticator app, as a telephone has it: it knows the key and the time."""

from base64 import b32decode
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from comments.actions import second_step
from comments.actions.context import Context
from comments.model import Account


@dataclass(frozen=True)
class App:
    key: str

    def code(self, at: datetime, steps: int = 0) -> str:
        """What the app shows at that moment, or so many steps of 30 seconds later."""
        shown = TOTP(b32decode(self.key.replace(" ", "")), 6, SHA1(), 30)
        return shown.generate(int((at + timedelta(seconds=30 * steps)).timestamp())).decode()


def set_up(ctx: Context, account: Account) -> tuple[App, list[str]]:
    """Give the account a second step; its app, and the recovery codes. The code of the last 30 seconds is used up."""
    offer = second_step.make_offer(ctx, account)
    app = App(offer.key)
    return app, second_step.switch_on(ctx, account, offer.token, app.code(ctx.now(), -1))
