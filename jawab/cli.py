"""The command line: `jawab --help`. Each command reads the settings once and calls one function."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jawab import (
    agent_commands,
    backup_commands,
    channel_commands,
    demo_commands,
    doctor_commands,
    faq_commands,
    learn_commands,
    person_commands,
    run_commands,
    shop_commands,
)
from jawab.settings import Settings
from jawab.terminal import fail, settings_or_exit

if TYPE_CHECKING:
    from jawab.understanding.assistant import Assistant

app = typer.Typer(
    help="Jawab (جواب): answers an online shop's customers in Persian, Arabic and English.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(agent_commands.app, name="agent")
app.add_typer(learn_commands.app, name="learn")
app.add_typer(channel_commands.app, name="channel")
app.add_typer(person_commands.app, name="person")
app.command(name="demo-data")(demo_commands.demo_data)
app.command(name="new-shop")(shop_commands.new_shop)
app.command(name="import-faq")(faq_commands.import_faq)
app.command()(backup_commands.backup)
app.command()(backup_commands.restore)

app.command()(run_commands.train)
app.command()(run_commands.run)
app.command()(doctor_commands.doctor)

Shop = Annotated[str | None, typer.Option("--shop", help="Shop profile, by its id in data/shops.")]
Language = Annotated[
    str | None, typer.Option("--lang", help="The conversation's language so far: fa, ar or en.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What the shopper writes.")],
    lang: Language = None,
    shop: Shop = None,
    after: Annotated[
        str | None,
        typer.Option("--after", help="The question answered just before, by its id in data/faq."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """One message, one reply; no server needed.

    jawab ask "چجوری جنسی که خریدم رو پس بدم"

    jawab ask "متى تفتحون خدمة العملاء؟" --shop souq

    jawab ask "چقدر طول می‌کشه؟" --after returns_how
    """
    from jawab.understanding.followup import Topic

    assistant = _assistant(settings_or_exit())
    if after is not None and after not in assistant.knowledge.questions:
        raise fail(f"--after {after}: no question of data/faq has that id")
    topic = Topic(after, datetime.now(timezone.utc)) if after else None
    turn, answer = _one_turn(assistant, text, lang=lang, shop=shop, topic=topic)
    if as_json:
        typer.echo(json.dumps(assistant.as_json(turn, answer), ensure_ascii=False, indent=2))
        return
    for utterance in answer.utterances:
        typer.echo(utterance.text.strip())
        for button in utterance.buttons:
            typer.echo(f"  [{button.title}]")


@app.command()
def chat(
    lang: Language = None,
    shop: Shop = None,
    shape: Annotated[
        bool | None,
        typer.Option(
            "--shape/--no-shape",
            help="Join letters and put them in visual order, for terminals that cannot (the default); "
            "--no-shape for those that can.",
        ),
    ] = None,
) -> None:
    """A chat in the terminal. A number presses that button; an empty line or Ctrl-D ends it."""
    from jawab.text.display import for_terminal
    from jawab.understanding.followup import remembered

    assistant = _assistant(settings_or_exit())
    shaped = True if shape is None else shape

    def show(line: str) -> str:
        return for_terminal(line, shape=shaped)

    buttons: list[Any] = []
    current, misunderstood, topic = lang, 0, None
    while True:
        try:
            typed = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            break
        if not typed:
            break
        pressed = _button_number(typed, len(buttons))
        meaning = dict(buttons[pressed].meaning) if pressed is not None else {}
        text = buttons[pressed].title if pressed is not None else typed
        turn, answer = _one_turn(
            assistant,
            text,
            lang=current,
            shop=shop,
            button=meaning,
            misunderstood=misunderstood,
            topic=topic,
        )
        topic = remembered(turn, topic, assistant.knowledge)
        current, misunderstood = answer.lang.value, answer.misunderstood
        buttons = [button for utterance in answer.utterances for button in utterance.buttons]
        for utterance in answer.utterances:
            for line in utterance.text.strip().splitlines():
                typer.echo(show(line))
        for number, button in enumerate(buttons, start=1):
            typer.echo(show(f"  {number}. {button.title}"))


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Tab-separated: text intent lang variety.")],
    as_json: AsJson = False,
) -> None:
    """Accuracy of the trained model on labelled messages; no server needed."""
    from jawab.understanding.evaluation import EvaluationError, evaluate_rows, read_rows, report

    assistant = _assistant(settings_or_exit())
    try:
        rows = [row for file in files for row in read_rows(file, known=assistant.ids)]
    except EvaluationError as error:
        raise fail(str(error)) from error
    result = evaluate_rows(rows, assistant.understander)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        typer.echo(report(result))


@app.command(name="benchmark-dataset")
def benchmark_dataset(
    train_file: Annotated[Path, typer.Argument(metavar="TRAIN.tsv")],
    test_files: Annotated[list[Path], typer.Argument(metavar="TEST.tsv…")],
    lang: Annotated[str, typer.Option("--lang", help="fa, ar or en.")],
    shots: Annotated[int | None, typer.Option(min=1, help="Draw this many rows a label.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Train config.yml's pipeline on a headerless text-label file and report on test files."""
    from jawab.understanding.benchmark import DatasetError, run_benchmark
    from jawab.understanding.settings import PipelineError, PipelineSettings

    root = settings_or_exit().root
    try:
        result = run_benchmark(
            train_file,
            test_files,
            lang=_language(lang),
            settings=PipelineSettings.from_file(root / "config.yml"),
            shots=shots,
            seed=seed,
        )
    except (DatasetError, PipelineError) as error:
        raise fail(str(error)) from error
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{result['train_rows']} rows, {result['labels']} labels, fitted in {result['fit_seconds']} s"
    )
    for name, test in result["tests"].items():
        typer.echo(
            f"{name}: {test['rows']} rows, accuracy {test['accuracy']:.4f}, "
            f"macro F1 {test['macro_f1']:.4f}, median {test['ms_per_text_p50']} ms a text"
        )


@app.command()
def validate() -> None:
    """Check what is below data/; every problem with its file, id and remedy."""
    from jawab.knowledge.validate import problems
    from jawab.support.agents import canned
    from jawab.support.apps import texts as channel_texts
    from jawab.support.mail import texts as mail_texts
    from jawab.support.tickets import topics

    root = settings_or_exit().root
    found = [
        *problems(root),
        *topics.read(root)[1],
        *mail_texts.read(root)[1],
        *canned.read(root)[1],
        *channel_texts.read(root)[1],
    ]
    for problem in found:
        typer.echo(str(problem))
    errors = sum(not problem.warning for problem in found)
    warnings = len(found) - errors
    if errors:
        raise fail(f"{errors} problems, {warnings} warnings")
    typer.echo(f"data/ can be used; {warnings} warnings" if warnings else "data/ is in order")


def _assistant(settings: Settings) -> Assistant:
    from jawab.knowledge.errors import KnowledgeError
    from jawab.understanding.archive import NoModel
    from jawab.understanding.assistant import Assistant

    try:
        return Assistant.load(settings.root, cache=settings.var / "model-cache")
    except (NoModel, KnowledgeError) as error:
        raise fail(str(error)) from error


def _one_turn(
    assistant: Assistant,
    text: str,
    *,
    lang: str | None,
    shop: str | None,
    button: dict[str, str] | None = None,
    misunderstood: int = 0,
    topic: Any = None,
) -> tuple[Any, Any]:
    from jawab.understanding.assistant import UnknownShop

    try:
        return assistant.reply_to(
            text,
            prior=_language(lang) if lang else None,
            shop=shop,
            now=datetime.now(timezone.utc),
            button=button or {},
            misunderstood=misunderstood,
            topic=topic,
        )
    except UnknownShop as error:
        raise fail(str(error)) from error


def _language(code: str) -> Any:
    from jawab.text.language import Lang

    try:
        return Lang(code)
    except ValueError as error:
        raise fail(f"--lang {code}: choose fa, ar or en") from error


def _button_number(typed: str, count: int) -> int | None:
    # int() reads the digits of all three scripts; an order number is no button.
    if len(typed) < 4 and typed.isdecimal() and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None


if __name__ == "__main__":
    app()
