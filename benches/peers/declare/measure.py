"""Both programs in turn, three runs each: `measure.py TOUCHPOINT events.csv` compares what they count, and prints
median CPU seconds (user + system), wall seconds and peak memory of the whole process."""
import csv
import io
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 3
HERE = Path(__file__).parent
TOUCHPOINT, EVENTS = sys.argv[1:]
COMMANDS = {
    "touchpoint": [TOUCHPOINT, "rules", "check", "--pack", HERE / "pack.yaml", "--map", HERE / "map.yaml",
                   "--log", EVENTS, "--format", "csv", "--quiet"],
    "pm4py": [sys.executable, HERE / "pm4py_declare.py", EVENTS],
}


def run(command):
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, command
    return out, used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024


def satisfied_by_touchpoint(out):
    """What a template does not apply to, it is satisfied by in vain."""
    rows = csv.DictReader(io.StringIO(out))
    of_rules = (row for row in rows if row["table"] == "inspection_rules_house")
    return {row["row"]: int(row["met"]) + int(row["not_applicable"]) for row in of_rules}


def satisfied_by_pm4py(out):
    return {name: int(number) for name, number in (line.split() for line in out.splitlines() if line.strip())}


runs = {name: [] for name in COMMANDS}
for _ in range(RUNS):
    for name, command in COMMANDS.items():
        runs[name].append(run(command))
for name, of_one in runs.items():
    cpu, wall, peak = (statistics.median(one[place] for one in of_one) for place in (1, 2, 3))
    print(f"{name}: {cpu:.2f} CPU seconds, {wall:.2f} wall seconds, {peak:.0f} MiB")
ours, theirs = satisfied_by_touchpoint(runs["touchpoint"][0][0]), satisfied_by_pm4py(runs["pm4py"][0][0])
for name, number in ours.items():
    print(name, number, theirs[name], "" if number == theirs[name] else "differs")
