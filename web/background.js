// The background workers: whole runs, points and figures, away from the page's thread. Those that compute tiles of fields are the
// program's own (platform/compute/workers.rs), which asks here for each.
"use strict";

window.samscopeBackground = (() => {
  // A call of at most so many updates is short.
  const SHORT = 1e5;
  const updates = ({ steps, optimizers, seeds }) =>
    (steps ?? 0) * (optimizers?.length ?? 1) * (seeds ? seeds[1] - seeds[0] + 1 : 1);
  let script, module;
  // The second takes short calls alone, so that they never wait for a long one.
  const workers = [undefined, undefined];
  const queue = [];
  // Workers that have not said anything yet.
  const starting = new Set();

  // Ahead of need, so that they work without the network too: their scripts come while the program is being loaded.
  function start(address) {
    script = address;
    for (const place of [0, 1]) hire(place);
  }

  // What the page itself runs: nothing is compiled twice.
  function give(compiled) {
    module = compiled;
    for (const hand of workers) hand?.worker.postMessage({ module });
  }

  // One that can be asked when it has said "ready".
  function worker() {
    const worker = new Worker("./worker.mjs", { type: "module" });
    starting.add(worker);
    for (const kind of ["message", "error"]) worker.addEventListener(kind, () => starting.delete(worker), { once: true });
    worker.postMessage({ script, module });
    return worker;
  }

  function hire(place) {
    const hand = { ready: false, task: undefined };
    workers[place] = hand;
    const fail = (reason) => leave(hand, new Error(`the background worker failed: ${reason ?? "it could not be loaded"}`));
    try {
      hand.worker = worker();
    } catch (error) {
      // A sandboxed frame has none.
      return fail(error.message);
    }
    hand.worker.onerror = (event) => fail(event.message);
    hand.worker.onmessage = ({ data }) => {
      if (data === "ready") hand.ready = true;
      else if (data.failed) return fail(data.failed);
      else settle(hand, JSON.parse(data));
      dispatch();
    };
  }

  function settle(hand, { result, error }) {
    const { resolve, reject } = hand.task;
    hand.task = undefined;
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  }

  // Ends a worker and what it is doing. The other takes its place; where there is none and none can be started, all is lost.
  function leave(hand, error) {
    // One that cannot be loaded may say so twice.
    if (!workers.includes(hand)) return;
    hand.worker?.terminate();
    workers[workers.indexOf(hand)] = undefined;
    if (!workers[0]) workers.reverse();
    hand.task?.reject(error);
    if (hand.ready) return dispatch();
    if (!workers[0]) for (const task of queue.splice(0)) task.reject(error);
  }

  function dispatch() {
    for (const place of [0, 1]) {
      const next = queue.findIndex(({ short }) => place === 0 || short);
      if (next < 0) continue;
      if (!workers[place]) hire(place);
      const hand = workers[place];
      if (!hand?.ready || hand.task) continue;
      [hand.task] = queue.splice(next, 1);
      hand.worker.postMessage(hand.task.message);
    }
  }

  function cancel(task, reason) {
    const waits = queue.indexOf(task);
    const hand = workers.find((hand) => hand?.task === task);
    if (waits >= 0) queue.splice(waits, 1)[0].reject(reason);
    else if (hand) leave(hand, reason);
  }

  // The worker's answer to a call with a JSON text; `owner` is whose calls can be cancelled together.
  async function request(owner, call, argument, { signal } = {}) {
    signal?.throwIfAborted();
    const given = JSON.parse(argument ?? "{}") ?? {};
    const short = !["bench", "claim"].includes(call) && updates(given.scenario ?? given) <= SHORT;
    const message = JSON.stringify({ call, argument });
    const task = { owner, short, message };
    const stop = () => cancel(task, signal.reason);
    signal?.addEventListener("abort", stop);
    try {
      return await new Promise((resolve, reject) => {
        Object.assign(task, { resolve, reject });
        queue.push(task);
        dispatch();
      });
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  // Cancels all calls of this owner: what is running ends, what waits does not begin.
  function cancelAll(owner) {
    const running = workers.map((hand) => hand?.task);
    for (const task of [...queue, ...running]) {
      if (task?.owner === owner) cancel(task, new DOMException("the call was cancelled", "AbortError"));
    }
  }

  // Whether all is there that works without the network.
  const isReady = () => workers.every((hand) => hand?.ready) && starting.size === 0;

  return { start, give, worker, request, cancelAll, isReady };
})();
