"""`jawab new-shop`: from a few answers to a profile that can be used at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jawab.terminal import fail, settings_or_exit

if TYPE_CHECKING:
    from jawab.onboarding.new_shop import NewShop
    from jawab.onboarding.shop_questions import ShopQuestion

_HOURS = "always, 09:00-21:00, or 'sat-wed 09:00-17:00; thu 09:00-13:00'."
Text = str | None


def new_shop(
    id: Annotated[str, typer.Argument(help="Small letters, digits and _; the file's name.")],
    lang: Annotated[Text, typer.Option(help="Main language: fa, ar or en.")] = None,
    name_fa: Annotated[Text, typer.Option(help="The shop's name in Persian.")] = None,
    name_ar: Annotated[Text, typer.Option(help="The shop's name in Arabic.")] = None,
    name_en: Annotated[Text, typer.Option(help="The shop's name in English.")] = None,
    time_zone: Annotated[Text, typer.Option(help="Asia/Tehran, Asia/Riyadh, …")] = None,
    country: Annotated[Text, typer.Option(help="Two letters: its holidays close the shop.")] = None,
    site: Annotated[Text, typer.Option(help="Address of the site.")] = None,
    phone: Annotated[Text, typer.Option(help="Phone; several with commas between.")] = None,
    email: Annotated[Text, typer.Option(help="E-mail of the support.")] = None,
    phone_hours: Annotated[Text, typer.Option(help=_HOURS)] = None,
    chat_hours: Annotated[Text, typer.Option(help=f"Of people in the chat: {_HOURS}")] = None,
    email_hours: Annotated[Text, typer.Option(help=_HOURS)] = None,
    return_days: Annotated[
        Text, typer.Option(help="Days within which a thing can go back.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: assume what no option tells.")
    ] = False,
) -> None:
    """Write data/shops/ID.yml, a profile that can be used at once; asks what no option tells.

    jawab new-shop my_shop

    jawab new-shop my_shop --yes --lang ar --name-ar "متجري" --phone 0112345678
    """
    from jawab.onboarding import new_shop as shops
    from jawab.onboarding.errors import OnboardingError

    given = {key: value for key, value in locals().items() if isinstance(value, str)}
    settings = settings_or_exit()
    try:
        shops.place_of(settings.root, id)
        shop = _answered(id, given, ask=not yes)
        path = shops.write(settings.root, shop)
    except OnboardingError as error:
        raise fail(str(error)) from error
    marks = path.read_text("utf-8").count(shops.MARK)
    where = path.relative_to(settings.root)
    typer.echo(f"{where} is written and valid; nothing has to be trained")
    typer.echo(f"1. edit it: {marks} places are marked '{shops.MARK}'")
    typer.echo("2. check it: jawab validate")
    typer.echo(f'3. try it: jawab ask "how do I return an item" --shop {id}')
    typer.echo(
        f"4. start, or start again: jawab run; the shop is at http://{settings.host}:{settings.port}/demo/{id}"
    )


def _answered(id: str, given: dict[str, str], *, ask: bool) -> NewShop:
    from jawab.onboarding.errors import OnboardingError
    from jawab.onboarding.new_shop import NewShop
    from jawab.onboarding.shop_questions import QUESTIONS

    answers: dict[str, str] = {
        key: value for key, value in given.items() if key.startswith("name_")
    }
    assumed: set[str] = set()
    for question in QUESTIONS:
        told = given.get(question.key)
        if told is not None:
            try:
                answers[question.key] = question.checked(told)
            except OnboardingError as error:
                raise OnboardingError(f"{question.option}: {error}") from error
            continue
        usual = question.assumed(id, answers)
        answers[question.key] = _asked(question, usual) if ask else usual
        if answers[question.key] == usual:
            assumed.add(question.key)
    return NewShop(id, answers, frozenset(assumed))


def _asked(question: ShopQuestion, usual: str) -> str:
    from jawab.onboarding.errors import OnboardingError

    def checked(value: str) -> str:
        try:
            return question.checked(value)
        except OnboardingError as error:
            raise typer.BadParameter(str(error)) from error

    try:
        return str(typer.prompt(question.text, default=usual, value_proc=checked, err=True))
    except typer.Abort as error:
        message = f"{question.option} is not told; give it, or --yes to assume what is not given"
        raise OnboardingError(message) from error
