"""The welfare fund on the command line."""

import unicodedata
from typing import TYPE_CHECKING

from unionboard import clock
from unionboard.cli.shell import (
    LANGUAGE,
    AsJson,
    Day,
    ForActivity,
    Item,
    Purpose,
    Year,
    Yuan,
    app,
    database,
    print_json,
    read_day,
    signature,
    t,
)
from unionboard.cli_json import describe_book, sort_items

if TYPE_CHECKING:
    from unionboard.services.fund import Book


@app.command()
def spend(on: Day, item: Item, yuan: Yuan, purpose: Purpose, activity: ForActivity = None) -> None:
    """Book a spending."""
    _book("out", on=on, item=item, yuan=yuan, purpose=purpose, activity_id=activity)


@app.command()
def receive(on: Day, item: Item, yuan: Yuan, purpose: Purpose, activity: ForActivity = None) -> None:
    """Book an income."""
    _book("in", on=on, item=item, yuan=yuan, purpose=purpose, activity_id=activity)


def _book(direction: str, *, on: str, item: str, yuan: str, purpose: str, activity_id: int | None) -> None:
    from unionboard.models import Direction
    from unionboard.money import format_fen, parse_yuan
    from unionboard.services import fund

    day, amount_fen = read_day(on), parse_yuan(yuan)
    with database(writes=True) as session:
        entry = fund.book_entry(
            session,
            booked_on=day,
            direction=Direction(direction),
            item=item,
            amount_fen=amount_fen,
            purpose=purpose,
            activity_id=activity_id,
            today=clock.today(),
            **signature(),
        )
        balance_fen = fund.read_book(session, entry.year).balance_fen
    told = {"voucher": entry.voucher, "amount": format_fen(amount_fen), "balance": format_fen(balance_fen)}
    print(t("Booked as voucher {voucher}: {amount}. Balance {balance}.", **told))


@app.command("fund")
def show_fund(year: Year, as_json: AsJson = False) -> None:
    """Show a year's opening balance, income and spending by item, and what is left."""
    from unionboard.services import execution, fund

    with database() as session:
        book = fund.read_book(session, year)
        months = execution.list_months(session, book)
    if as_json:
        print_json(describe_book(book, months))
        return
    _print_book(book)


def _print_book(book: "Book") -> None:
    from unionboard.money import format_fen

    def print_sum(name: str, amount_fen: int) -> None:
        wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in name)
        print(f"{name}{' ' * max(1, 40 - len(name) - wide)}{format_fen(amount_fen):>16}")

    print_sum(t("Carried over"), book.opening_fen)
    for heading, sums in ((t("Income"), book.income_fen), (t("Spending"), book.spending_fen)):
        print_sum(heading, sum(sums.values()))
        for code, amount_fen in sort_items(sums, book.items).items():
            print_sum(f"  {book.items[code].en if LANGUAGE.get() == 'en' else book.items[code].zh}", amount_fen)
    print_sum(t("Balance"), book.balance_fen)
