"""``tako jobs``: what runs by the clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import click
from rich import box
from rich.table import Table

from tako.v1 import admin_service_pb2
from tako.v1.admin_service_pb2 import JobRun, ListJobsRequest, RunJobRequest, RunJobResponse
from tako_server.cli import options
from tako_server.cli.failure import Exit, Failure
from tako_server.cli.overview import Overview
from tako_server.cli.screen import print_json, screen, styled
from tako_server.cli.wording import enum, join, moment, seconds

if TYPE_CHECKING:
    from rich.text import Text

    from tako.v1.admin_service_pb2 import Job, ListJobsResponse
    from tako_server.cli.connection import Server

SERVICE = admin_service_pb2.DESCRIPTOR.services_by_name["AdminService"]
_LOOK_EVERY = 1.0
_STYLES = {JobRun.SUCCEEDED: "green", JobRun.PARTIAL: "yellow", JobRun.RUNNING: "cyan"}


@click.group(
    cls=Overview,
    shows="list",
    epilog=options.examples("tako jobs", "tako jobs list --history 5", "tako jobs run refresh-expired"),
)
def jobs() -> None:
    """See the jobs that run by the clock, or run one now. Needs the admin token, in TAKO_ADMIN_TOKEN.

    Without a command, `list`.
    """


@jobs.command("list", epilog=options.examples("tako jobs list", "tako jobs list --history 5"))
@click.option("--history", type=click.IntRange(1, 100), default=1, metavar="N", help="Show the last N runs of each.")
@options.operates
def list_jobs(*, history: int, server: Server, as_json: bool) -> None:
    """List the jobs: when each runs next, and how it went."""
    listed = _listed(server, history)
    if as_json:
        print_json(listed)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in ("ID", "Schedule", "Next", "Last", "Outcome", "Took", "What"):
        table.add_column(heading, overflow="fold")
    for job in listed.jobs:
        runs = [_cells(run) for run in job.runs] or [("never", styled(""), "", "")]
        for number, (started, outcome, took, what) in enumerate(runs):
            first = (styled(job.id, "cyan"), styled(job.schedule), moment(job.next_run)) if not number else ("", "", "")
            table.add_row(*first, started, outcome, took, styled(what))
    out = screen()
    out.print(table)
    out.print()
    leader = f"run by {listed.leader}" if listed.leader else "no server runs them by the clock now"
    out.print(styled(f"Schedules are in {listed.timezone}; {leader}.", "dim"))


@jobs.command("run", epilog=options.examples("tako jobs run refresh-expired", "tako jobs run statistics --wait"))
@click.argument("job", metavar="ID")
@click.option("--wait", is_flag=True, help="Wait for its end. A run that fails ends the command with exit code 5.")
@options.operates
def run_job(job: str, *, wait: bool, server: Server, as_json: bool) -> None:
    """Run a job now."""
    answer = server.ask(SERVICE.methods_by_name["RunJob"], RunJobRequest(job=job)).message
    run = cast(RunJobResponse, answer).run
    while wait and run.outcome == JobRun.RUNNING:
        time.sleep(_LOOK_EVERY)
        run = _same(run, next(known for known in _listed(server, 100).jobs if known.id == job))
    if as_json:
        print_json(RunJobResponse(run=run))
    else:
        _, outcome, took, what = _cells(run)
        out = screen()
        out.print(styled(f"{job}: ").append_text(outcome), styled(join(took, what)))
    if wait and run.outcome == JobRun.FAILED:
        raise Failure(f"{job} failed{f': {run.message}' if run.message else ''}", Exit.NO_ANSWER)


def _listed(server: Server, history: int) -> ListJobsResponse:
    answer = server.ask(SERVICE.methods_by_name["ListJobs"], ListJobsRequest(history=history)).message
    return cast("ListJobsResponse", answer)


def _same(run: JobRun, job: Job) -> JobRun:
    """The run as it is now."""
    return next((one for one in job.runs if one.started == run.started and one.runner == run.runner), run)


def _cells(run: JobRun) -> tuple[str, Text, str, str]:
    """Start, outcome, length and what was done."""
    took = seconds(run.duration.ToTimedelta().total_seconds()) if run.HasField("duration") else ""
    counts = join(*(f"{name.replace('_', ' ')} {count}" for name, count in sorted(run.counts.items())))
    asked = "by hand" if run.manual else ""
    outcome = styled(enum(run, "outcome"), _STYLES.get(run.outcome, "red"))
    return moment(run.started), outcome, took, join(counts, run.message, asked, by="; ")
