#!/usr/bin/env python3
"""Computes a basin, a sweep or a field in shards on HyperQueue, and merges them.

    pip install hyperqueue
    ./shards.py --shards 16 --out sweep.npz --local 2 -- sweep --loss hyperbola --optimizer sam \
        --over eta=0.01..1:1024:log --over rho=0.001..1:1024:log --steps 1000000

Everything after `--` goes to samscope. With --local N the cluster is N workers on this machine; without it the server that
`hq server start` runs is used, whose workers may come from SLURM or PBS (`hq alloc add`). A shard that is there is not computed
again, and one that fails is submitted again, so the same command goes on where an interrupted one stopped.
"""

import argparse
import pathlib
import subprocess
import sys

from hyperqueue import Client, Job, LocalCluster
from hyperqueue.cluster import WorkerConfig


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shards", type=int, required=True, help="the number of parts")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the merged file")
    parser.add_argument("--local", type=int, default=0, help="so many workers of one core on this machine")
    parser.add_argument("--tries", type=int, default=3, help="how often a part is submitted at most")
    parser.add_argument("--samscope", default="samscope", help="the program")
    parser.add_argument("command", nargs="+", help="samscope's own arguments, after --")
    return parser.parse_args()


def missing(parts):
    return [k for k, part in parts.items() if not part.exists()]


def messages(part):
    return part.with_suffix(".stderr")


def submit(client, args, parts, todo):
    """One task for each missing part."""
    job = Job(default_workdir=args.out.resolve().parent, max_fails=None)
    for k in todo:
        shard = ["--shard", f"{k}/{args.shards}", "--threads", "1", "--resume", "--out", str(parts[k])]
        job.program([args.samscope, *args.command, *shard], name=f"part {k}", stdout=None, stderr=messages(parts[k]))
    submitted = client.submit(job)
    if not client.wait_for_jobs([submitted], raise_on_error=False):
        for task in client.get_failed_tasks(submitted).values():
            print(f"a part failed; its messages are in {task.stderr}", file=sys.stderr)


def compute(client, args, parts):
    for _ in range(args.tries):
        todo = missing(parts)
        if not todo:
            break
        submit(client, args, parts, todo)
    if lost := missing(parts):
        sys.exit(f"parts {lost} of {args.shards} are missing after {args.tries} tries")


def main():
    args = arguments()
    out = args.out.resolve()
    parts = {k: out.with_name(f"{out.stem}.{k}-of-{args.shards}.npz") for k in range(1, args.shards + 1)}
    if args.local:
        with LocalCluster() as cluster:
            for _ in range(args.local):
                cluster.start_worker(WorkerConfig(cores=1))
            compute(cluster.client(), args, parts)
    else:
        compute(Client(), args, parts)
    subprocess.run([args.samscope, "merge", *map(str, parts.values()), "--out", str(out)], check=True)
    for part in parts.values():
        part.unlink()
        messages(part).unlink(missing_ok=True)


main()
