"""The command `python -m evaluation`: judge the development set, print the tables, write the page."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from evaluation import baseline
from evaluation.boundaries import load_boundaries
from evaluation.leakage import Leak, all_taught, leaks
from evaluation.page import page
from evaluation.summary import summarize
from evaluation.tables import tables
from jawab.knowledge import Knowledge, KnowledgeError, load
from jawab.settings import Settings
from jawab.understanding.archive import NoModel, latest_archive, load_understander
from jawab.understanding.evaluation import EvaluationError, Row, judge, read_rows

DEV = Path(__file__).parent / "dev"


def main(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Other labelled files than evaluation/dev/*.tsv; no baseline then."),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Make this run the baseline.")
    ] = False,
    only_leaks: Annotated[
        bool,
        typer.Option("--leaks", help="Only list the rows too like a training example; no model."),
    ] = False,
) -> None:
    """Accuracy, confusions, boundaries and calibration on the development set; the page goes to var/evaluation."""
    if files and update_baseline:
        raise typer.BadParameter("the baseline is that of evaluation/dev; name no files")
    settings = Settings()
    try:
        knowledge = load(settings.root)
        rows = _rows(files or sorted(DEV.glob("*.tsv")), knowledge)
        leaked = leaks(rows, all_taught(knowledge))
        if only_leaks:
            _list(leaked)
            return
        archive = latest_archive(settings.root / "models")
        understander = load_understander(archive, cache=settings.var / "model-cache")
        before = None if files else baseline.read()
    except (KnowledgeError, EvaluationError, NoModel, baseline.BaselineError) as error:
        typer.secho(str(error), err=True, fg=typer.colors.RED)
        raise typer.Exit(1) from error
    judged = [judge(row, understander) for row in rows]
    summary = summarize(judged, boundaries=load_boundaries(), leaks=leaked, baseline=before)
    typer.echo(tables(summary))
    target = settings.var / "evaluation" / "index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(timezone.utc)
    target.write_text(page(summary, knowledge=knowledge, model=archive.name, now=now), "utf-8")
    typer.echo(f"\nthe page with plots and all errors: {target}")
    if update_baseline:
        document = baseline.baseline(summary.result, summary.boundaries, judged)
        baseline.FILE.write_text(baseline.dump(document), "utf-8")
        typer.echo(f"baseline renewed: {baseline.FILE}")


def _rows(files: list[Path], knowledge: Knowledge) -> list[Row]:
    known = set(knowledge.questions) | set(knowledge.acts)
    return [row for file in files for row in read_rows(file, known=known)]


def _list(leaked: list[Leak]) -> None:
    rows = {leak.row for leak in leaked if not leak.exempt}
    for leak in leaked:
        if not leak.exempt:
            row, taught = leak.row, leak.taught
            typer.echo(
                f"{leak.similarity:.2f}\t{row.lang.value}/{row.variety}\t{row.intent}\t{row.text}\t"
                f"{taught.intent}\t{taught.example.variety}\t{taught.example.text}"
            )
    exempt = len({leak.row for leak in leaked} - rows)
    typer.echo(f"{len(rows)} rows; {exempt} more are short pleasantries", err=True)


if __name__ == "__main__":
    typer.run(main)
