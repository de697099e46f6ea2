#!/bin/sh
# The same on machines that are reached by ssh, or on one, with GNU parallel: 16 shards, each tried three times.
# For other machines add --sshloginfile FILE --return 'sweep.{}-of-16.npz'.
set -e
seq 16 | parallel --retries 3 samscope sweep --loss hyperbola --optimizer sam \
    --over eta=0.01..1:1024:log --over rho=0.001..1:1024:log --steps 1000000 \
    --shard '{}/16' --threads 1 --resume --quiet --out 'sweep.{}-of-16.npz'
samscope merge sweep.*-of-16.npz --out sweep.npz
